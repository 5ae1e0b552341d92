-- Rewrites the parts that hold such rows, in the background; the disk is free afterwards, which a lightweight DELETE leaves to later merges.
-- The receipt is asked too: what arrives for such a trace while it is dropped stays.
ALTER TABLE {table:Identifier}
DELETE WHERE ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64})
    AND (TraceId = '' OR TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace'))
SETTINGS mutations_sync = 0
