-- What was received since then: per trace the spans, per trace and run the log records, apart by time of receipt (one value for a whole insert).
-- The reader always reads an overlap, since ReceivedAt is set when an insert begins and its rows show when it ends.
SELECT TraceId, '' AS Run, toUnixTimestamp64Milli(ReceivedAt) AS At, count() AS Rows
FROM otel_traces
WHERE ReceivedAt >= fromUnixTimestamp64Milli({since:Int64})
GROUP BY TraceId, ReceivedAt
UNION ALL
SELECT TraceId, RunId AS Run, toUnixTimestamp64Milli(ReceivedAt) AS At, count() AS Rows
FROM otel_logs
WHERE ReceivedAt >= fromUnixTimestamp64Milli({since:Int64}) AND (RunId != '' OR TraceId != '')
GROUP BY TraceId, RunId, ReceivedAt
