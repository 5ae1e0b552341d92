DELETE FROM agentobs_traces
WHERE ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64}) AND TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace')
