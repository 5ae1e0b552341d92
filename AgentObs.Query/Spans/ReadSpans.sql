-- The spans of a trace, or one of them, by start. The bounds are looked up first: without them every part of the table would be opened.
-- A sender's retry stores a span again; the copy received first stands for all.
-- The key's toStartOfHour wraps outside 1970 to 2149: there the bounds would hide rows instead of finding them.
WITH (SELECT (min(Start), max(End)) FROM agentobs_traces WHERE TraceId = {trace:String}) AS bounds
SELECT
    TraceId, SpanId, ParentSpanId, toString(SpanName), toString(SpanKind), toString(ServiceName), ScopeName,
    toUnixTimestamp64Nano(Timestamp), Duration, toString(StatusCode), StatusMessage,
    mapKeys(ResourceAttributes)::Array(String), mapValues(ResourceAttributes),
    mapKeys(SpanAttributes)::Array(String), mapValues(SpanAttributes),
    arrayMap(t -> toUnixTimestamp64Nano(t), Events.Timestamp), Events.Name::Array(String),
    arrayMap(m -> mapKeys(m)::Array(String), Events.Attributes), arrayMap(m -> mapValues(m), Events.Attributes),
    Links.TraceId, Links.SpanId, Links.TraceState,
    arrayMap(m -> mapKeys(m)::Array(String), Links.Attributes), arrayMap(m -> mapValues(m), Links.Attributes),
    toUnixTimestamp64Milli(ReceivedAt)
FROM otel_traces
WHERE TraceId = {trace:String} AND (Timestamp >= bounds.1 AND Timestamp <= bounds.2
        OR bounds.1 < toDateTime64('1970-01-02 00:00:00', 9) OR bounds.2 > toDateTime64('2149-01-01 00:00:00', 9)) AND ({span:String} = '' OR SpanId = {span:String})
ORDER BY Timestamp, SpanId, ReceivedAt
LIMIT 1 BY SpanId
