using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A log record as it is stored.</summary>
/// <param name="Id">Hash of resource, scope, times, attributes and body, as decimal digits (64 bits do not fit a JavaScript number).</param>
/// <param name="TraceId">Null, like <paramref name="SpanId"/>, where it was sent without (codex's <c>codex.sse_event</c>).</param>
/// <param name="RunId">The agent's own session or conversation id; null where it names none.</param>
/// <param name="Event">Attribute <c>event.name</c>, else the record's event name; null where there is neither.</param>
/// <param name="Severity">The sender's text (<c>INFO</c>); empty where none was sent.</param>
public sealed record LogRecord(
    string Id,
    UnixNano Time,
    string? TraceId,
    string? SpanId,
    string? RunId,
    string? Event,
    string Severity,
    int SeverityNumber,
    string Service,
    string Scope,
    string Body,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<AttributeDuplicate> Duplicates,
    UnixNano ReceivedAt);
