SELECT
    multiIf(
        startsWith(ScopeName, 'com.anthropic.claude_code'), 'claude-code',
        startsWith(ServiceName, 'codex') OR startsWith(ScopeName, 'codex'), 'codex',
        toString(ServiceName)) AS Client,
    groupUniqArray(8)(toString(ServiceName)),
    count(),
    toUnixTimestamp64Milli(max(ReceivedAt)),
    toInt64(quantile(0.5)(toUnixTimestamp64Milli(ReceivedAt) - intDiv(toUnixTimestamp64Nano(Timestamp), 1000000))),
    countIf(TraceId != ''),
    countIf(TraceId != '' AND bitAnd(TraceFlags, 1) = 0)
FROM otel_logs
WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
GROUP BY Client
