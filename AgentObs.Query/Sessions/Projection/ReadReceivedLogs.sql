-- As ReadReceivedSpans.sql, per trace and run: codex's token records carry a run id alone.
SELECT TraceId, RunId, toUnixTimestamp64Milli(ReceivedAt), count()
FROM otel_logs
WHERE ReceivedAt >= fromUnixTimestamp64Milli({since:Int64}) AND (RunId != '' OR TraceId != '')
GROUP BY TraceId, RunId, ReceivedAt
