-- The spans of some traces as the tree is built from them. A sender's retry stores a span again; the copy received first stands for all.
-- The key's toStartOfHour wraps outside 1970 to 2149: there the bounds would hide rows instead of finding them.
-- Where in its source a runtime made a span, and how busy its thread was, is half of what codex sends and decides nothing in a tree.
WITH (SELECT (min(Start), max(End)) FROM agentobs_traces WHERE TraceId IN {traces:Array(String)}) AS bounds,
    mapFilter((k, v) -> NOT (startsWith(k, 'code.') OR k IN ('busy_ns', 'idle_ns', 'thread.name', 'target')), SpanAttributes) AS attributes
SELECT
    TraceId, SpanId, ParentSpanId, toString(SpanName), toString(SpanKind), toString(ServiceName), ScopeName,
    toUnixTimestamp64Nano(Timestamp), Duration, toString(StatusCode), StatusMessage, toUnixTimestamp64Milli(ReceivedAt),
    RunId, TurnId, toString(TaskId), TokenSource, TokInput, TokCacheRead, TokCacheWrite, TokOutput, TokReasoning, IsError,
    mapKeys(ResourceAttributes)::Array(String), mapValues(ResourceAttributes),
    mapKeys(attributes)::Array(String), mapValues(attributes),
    arrayMap(t -> toUnixTimestamp64Nano(t), Events.Timestamp), Events.Name::Array(String),
    arrayMap(m -> mapKeys(m)::Array(String), Events.Attributes), arrayMap(m -> mapValues(m), Events.Attributes),
    Links.TraceId, Links.SpanId, Links.TraceState,
    arrayMap(m -> mapKeys(m)::Array(String), Links.Attributes), arrayMap(m -> mapValues(m), Links.Attributes)
FROM otel_traces
WHERE TraceId IN {traces:Array(String)} AND (Timestamp >= bounds.1 AND Timestamp <= bounds.2
        OR bounds.1 < toDateTime64('1970-01-02 00:00:00', 9) OR bounds.2 > toDateTime64('2149-01-01 00:00:00', 9))
ORDER BY Timestamp, TraceId, SpanId, ReceivedAt
LIMIT 1 BY TraceId, SpanId
