using AgentObs.Conventions;

namespace AgentObs.Query;

public sealed record SpanEvent(
    UnixNano Time,
    string Name,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<AttributeDuplicate> Duplicates);
