SELECT count(), toUnixTimestamp64Milli(min(ReceivedAt)), toUnixTimestamp64Milli(max(ReceivedAt))
FROM {table:Identifier}
WHERE ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64})
    AND (TraceId = '' OR TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace'))
