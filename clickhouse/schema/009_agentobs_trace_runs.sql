-- The same links from the trace's side.
CREATE TABLE IF NOT EXISTS agentobs_trace_runs (
    RunId String CODEC(ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    Claim SimpleAggregateFunction(min, Tuple(UInt8, DateTime64(9))),
    Agent SimpleAggregateFunction(max, LowCardinality(String)),
    Start SimpleAggregateFunction(min, DateTime64(9)),
    End SimpleAggregateFunction(max, DateTime64(9))
) ENGINE = AggregatingMergeTree ORDER BY (TraceId, RunId) SETTINGS index_granularity = 256
