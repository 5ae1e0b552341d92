namespace AgentObs.Conventions;

/// <summary>
/// The <c>[otel]</c> table of Codex's <c>config.toml</c>: keys with their values as TOML, usable as <c>-c otel.KEY=VALUE</c> too. Each exporter is
/// told apart; without the last one codex sends its metrics to its maker. Observed with 0.169.0. <c>config/codex/config.toml</c> is the same list.
/// </summary>
public static class CodexTelemetry
{
    /// <summary>
    /// Batch delays and queue of codex's exporters: with its own a run that fails at once sends nothing (<c>codex-apierr</c> and
    /// <c>codex-apierr-fast</c>), and 3,000 streamed deltas in a second lose two fifths of their spans. Only as environment variables.
    /// </summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Variables =
    [
        new("OTEL_BSP_SCHEDULE_DELAY", "50"),
        new("OTEL_BLRP_SCHEDULE_DELAY", "50"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "100"),
        new("OTEL_BSP_MAX_QUEUE_SIZE", "65536"),
    ];

    /// <param name="otlpGrpc">Where it sends to: <c>http://127.0.0.1:4317</c>.</param>
    /// <param name="content">Only <see cref="CapturedContent.Prompts"/> counts: codex sends what its tools took and printed always.</param>
    /// <param name="token">AgentObs's; empty where it asks for none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Table(string otlpGrpc, CapturedContent content, string token = "")
    {
        var headers = token.Length == 0 ? "" : $$""", headers = { authorization = "Bearer {{token.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}" }""";
        var exporter = $$"""{ otlp-grpc = { endpoint = "{{otlpGrpc}}"{{headers}} } }""";
        return
        [
            new("environment", "\"agentobs\""),
            new("log_user_prompt", content.HasFlag(CapturedContent.Prompts) ? "true" : "false"),
            new("exporter", exporter),
            new("trace_exporter", exporter),
            new("metrics_exporter", exporter),
        ];
    }
}
