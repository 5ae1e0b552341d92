-- The log records that carry one of a session's run ids or trace ids (two of codex's carry a trace id alone, its sse_event a run id alone).
SELECT
    LogId, toUnixTimestamp64Nano(Timestamp), TraceId, SpanId, toString(ServiceName), ScopeName, toString(Event), RunId, Body, SeverityNumber,
    toUnixTimestamp64Milli(ReceivedAt), TokenSource, TokInput, TokCacheRead, TokCacheWrite, TokOutput, TokReasoning,
    mapKeys(ResourceAttributes)::Array(String), mapValues(ResourceAttributes),
    mapKeys(LogAttributes)::Array(String), mapValues(LogAttributes), TraceFlags
FROM otel_logs
WHERE RunId IN {runs:Array(String)} OR TraceId IN {traces:Array(String)}
ORDER BY Timestamp, LogId, ReceivedAt
LIMIT 1 BY LogId
