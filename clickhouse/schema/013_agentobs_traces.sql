-- One row per trace, partial until merged: read with GROUP BY TraceId. Only min and max, so a repeated row changes nothing. Serves the trace list,
-- the time bounds of a trace, and the traces that no run was ever seen in (RunId = '').
CREATE TABLE IF NOT EXISTS agentobs_traces (
    TraceId String CODEC(ZSTD(1)),
    Start SimpleAggregateFunction(min, DateTime64(9)),
    End SimpleAggregateFunction(max, DateTime64(9)),
    ReceivedAt SimpleAggregateFunction(max, DateTime64(3)),
    FirstServiceName SimpleAggregateFunction(min, LowCardinality(String)),
    ServiceName SimpleAggregateFunction(max, LowCardinality(String)),
    ScopeName SimpleAggregateFunction(max, String),
    InstanceId SimpleAggregateFunction(max, String),
    RunId SimpleAggregateFunction(max, String),

    INDEX idx_received ReceivedAt TYPE minmax GRANULARITY 1,
    INDEX idx_start Start TYPE minmax GRANULARITY 1
) ENGINE = AggregatingMergeTree ORDER BY TraceId SETTINGS index_granularity = 256
