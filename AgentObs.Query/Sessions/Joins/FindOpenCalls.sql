-- The traces with a tool call that was open at a moment and whose command names an agent.
SELECT DISTINCT TraceId
FROM otel_traces
WHERE Kind = 'tool_call'
    AND Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({at:Int64})
    AND Timestamp + toIntervalNanosecond(if(Duration > 4611686018427387904, 0, Duration)) >= fromUnixTimestamp64Nano({until:Int64})
    AND match(SearchText, {command:String})
LIMIT 3
