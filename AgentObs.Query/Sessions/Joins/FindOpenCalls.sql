-- The traces with a tool call that was open at a moment and whose command names an agent. Codex's command stands in the record that it writes when the
-- call ends: {"cmd":"..."} or {"command":...}, with the call's duration in milliseconds.
SELECT DISTINCT TraceId
FROM (
    SELECT TraceId
    FROM otel_traces
    WHERE Kind = 'tool_call'
        AND Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({at:Int64})
        AND Timestamp + toIntervalNanosecond(if(Duration > 4611686018427387904, 0, Duration)) >= fromUnixTimestamp64Nano({until:Int64})
        AND match(SearchText, {command:String})
    UNION ALL
    SELECT TraceId
    FROM otel_logs
    WHERE Event = 'codex.tool_result' AND TraceId != ''
        AND Timestamp >= fromUnixTimestamp64Nano({until:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({last:Int64})
        AND Timestamp - toIntervalMillisecond(toInt64OrZero(LogAttributes['duration_ms'])) <= fromUnixTimestamp64Nano({at:Int64})
        AND match(if(JSONExtractString(LogAttributes['arguments'], 'cmd') != '',
            JSONExtractString(LogAttributes['arguments'], 'cmd'), LogAttributes['arguments']), {command:String})
)
LIMIT 3
