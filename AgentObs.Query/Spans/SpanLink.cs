namespace AgentObs.Query;

public sealed record SpanLink(string TraceId, string SpanId, string TraceState, IReadOnlyDictionary<string, string> Attributes);
