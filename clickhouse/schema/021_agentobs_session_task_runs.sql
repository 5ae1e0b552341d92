-- What of the session worked on which task, projected with the row: /api/tasks reads it. Start and duration in nanoseconds, of the sender's clock.
ALTER TABLE agentobs_session ADD COLUMN IF NOT EXISTS TaskRuns Array(Tuple(
    TaskId String, Title String, Url String, NodeId String, Agent String, Grade String, Evidence String,
    TokInput UInt64, TokCacheRead UInt64, TokCacheWrite UInt64, TokOutput UInt64, TokReasoning UInt64,
    Errors UInt32, StartNano Int64, DurationNano Int64)) CODEC(ZSTD(1)) AFTER Tasks
