-- A program that starts Claude lends it its own service name: the scope tells. An absurd duration (no end) is taken for none.
SELECT
    multiIf(
        startsWith(ScopeName, 'com.anthropic.claude_code'), 'claude-code',
        startsWith(ServiceName, 'codex') OR startsWith(ScopeName, 'codex'), 'codex',
        toString(ServiceName)) AS Client,
    groupUniqArray(8)(toString(ServiceName)),
    count(),
    toUnixTimestamp64Milli(max(ReceivedAt)),
    toInt64(quantile(0.5)(toUnixTimestamp64Milli(ReceivedAt) - intDiv(toUnixTimestamp64Nano(Timestamp) + if(Duration > 4611686018427387904, 0, toInt64(Duration)), 1000000)))
FROM otel_traces
WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
GROUP BY Client
