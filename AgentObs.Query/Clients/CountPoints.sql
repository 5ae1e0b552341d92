SELECT
    multiIf(
        startsWith(Scope, 'com.anthropic.claude_code'), 'claude-code',
        startsWith(Service, 'codex') OR startsWith(Scope, 'codex'), 'codex',
        Service) AS Client,
    groupUniqArray(8)(Service),
    count(),
    toUnixTimestamp64Milli(max(At))
FROM (
    SELECT toString(ScopeName) AS Scope, toString(ServiceName) AS Service, ReceivedAt AS At FROM otel_metrics_sum WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
    UNION ALL
    SELECT toString(ScopeName), toString(ServiceName), ReceivedAt FROM otel_metrics_gauge WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
    UNION ALL
    SELECT toString(ScopeName), toString(ServiceName), ReceivedAt FROM otel_metrics_histogram WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
    UNION ALL
    SELECT toString(ScopeName), toString(ServiceName), ReceivedAt FROM otel_metrics_exponential_histogram WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
    UNION ALL
    SELECT toString(ScopeName), toString(ServiceName), ReceivedAt FROM otel_metrics_summary WHERE ReceivedAt >= fromUnixTimestamp64Milli({from:Int64})
)
GROUP BY Client
