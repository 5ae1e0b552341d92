using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A span as it is stored. Attribute values are text whatever type they were sent with.</summary>
/// <param name="ParentSpanId">Null for a root.</param>
/// <param name="Kind"><c>internal</c>, <c>server</c>, <c>client</c>, <c>producer</c>, <c>consumer</c> or <c>unspecified</c>.</param>
/// <param name="Status"><c>ok</c>, <c>error</c> or <c>unset</c>.</param>
/// <param name="Duplicates">What <paramref name="Attributes"/> and <paramref name="Resource"/> cannot hold because the key occurs again.</param>
/// <param name="Logs">Its log records, by time.</param>
public sealed record SpanDetail(
    string TraceId,
    string SpanId,
    string? ParentSpanId,
    string Name,
    string Kind,
    string Service,
    string Scope,
    UnixNano Start,
    long DurationNano,
    string Status,
    string StatusMessage,
    IReadOnlyDictionary<string, string> Resource,
    IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyList<AttributeDuplicate> Duplicates,
    IReadOnlyList<SpanEvent> Events,
    IReadOnlyList<SpanLink> Links,
    IReadOnlyList<LogRecord> Logs,
    UnixNano ReceivedAt);
