-- The session list: one projected row per session, written by Query from the tree it shows, so that list and tree agree. The row with the
-- highest Version counts (FINAL). A session that turned out to be part of another keeps a row that names it in NestedIn and is in no list.
-- State follows from LastTurn, RootOpen, LastReceivedAt and OpenDecisionAt (1970 = none) at the moment of reading.
CREATE TABLE IF NOT EXISTS agentobs_session (
    SessionId String CODEC(ZSTD(1)),
    Agent LowCardinality(String),
    Title String CODEC(ZSTD(1)),
    Start DateTime64(9),
    End DateTime64(9),
    Turns UInt32,
    AgentRuns UInt32,
    Spans UInt32,
    Errors UInt32,
    TokInput UInt64,
    TokCacheRead UInt64,
    TokCacheWrite UInt64,
    TokOutput UInt64,
    TokReasoning UInt64,
    Tasks Array(String),
    Repository String,
    Branch String,
    Completeness Float64 DEFAULT 1,
    TraceIds Array(String) CODEC(ZSTD(1)),
    RunIds Array(String) CODEC(ZSTD(1)),
    NestedIn String,
    LastTurn LowCardinality(String),
    RootOpen Bool,
    LastReceivedAt DateTime64(3),
    OpenDecisionAt DateTime64(3),
    Version UInt64 DEFAULT toUInt64(toUnixTimestamp64Nano(now64(9)))
) ENGINE = ReplacingMergeTree(Version) ORDER BY SessionId SETTINGS index_granularity = 256
