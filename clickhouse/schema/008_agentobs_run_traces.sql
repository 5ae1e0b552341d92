-- Which runs were seen in which traces, filled as rows are inserted. Only min and max: however often a row is inserted, the answer is the same.
-- Claim says how good a run's claim to own the trace is: rank, then start; the smallest owns it. It is one tuple, because two columns would
-- give another answer before a merge than after it. Ranks: 010.
CREATE TABLE IF NOT EXISTS agentobs_run_traces (
    RunId String CODEC(ZSTD(1)),
    TraceId String CODEC(ZSTD(1)),
    Claim SimpleAggregateFunction(min, Tuple(UInt8, DateTime64(9))),
    Agent SimpleAggregateFunction(max, LowCardinality(String)),
    Start SimpleAggregateFunction(min, DateTime64(9)),
    End SimpleAggregateFunction(max, DateTime64(9))
) ENGINE = AggregatingMergeTree ORDER BY (RunId, TraceId) SETTINGS index_granularity = 256
