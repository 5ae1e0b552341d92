-- What was received since then, per trace, apart by time of receipt (one value for a whole insert). The reader always reads an overlap, since
-- ReceivedAt is set when an insert begins and its rows show when it ends.
SELECT TraceId, '', toUnixTimestamp64Milli(ReceivedAt), count()
FROM otel_traces
WHERE ReceivedAt >= fromUnixTimestamp64Milli({since:Int64})
GROUP BY TraceId, ReceivedAt
