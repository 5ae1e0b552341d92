-- The traces of which everything was received before the limit.
INSERT INTO agentobs_retention_pending (Kind, TraceId)
SELECT 'trace', TraceId FROM {table:Identifier} WHERE TraceId != '' GROUP BY TraceId HAVING max(ReceivedAt) < fromUnixTimestamp64Milli({cutoff:Int64})
