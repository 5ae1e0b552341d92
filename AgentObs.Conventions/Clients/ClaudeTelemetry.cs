namespace AgentObs.Conventions;

/// <summary>
/// What Claude Code needs to send a nested trace, as environment variables or as <c>env</c> of its <c>settings.json</c>. Observed with 2.1.330:
/// without the first three there are no spans, or no TRACEPARENT for the commands it runs. <c>config/claude/settings.json</c> is the same list.
/// </summary>
public static class ClaudeTelemetry
{
    /// <param name="otlpGrpc">Where it sends to: <c>http://127.0.0.1:4317</c>.</param>
    /// <param name="content">What it sends beside names, counts and times.</param>
    /// <param name="token">AgentObs's; empty where it asks for none. The header's value is percent-encoded, as OpenTelemetry reads that variable.</param>
    public static IEnumerable<KeyValuePair<string, string>> Variables(string otlpGrpc, CapturedContent content, string token = "")
    {
        (string Name, string Value, bool Wanted)[] all =
        [
            ("CLAUDE_CODE_ENABLE_TELEMETRY", "1", true),
            ("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1", true),
            ("CLAUDE_CODE_PROPAGATE_TRACEPARENT", "1", true),
            ("OTEL_TRACES_EXPORTER", "otlp", true),
            ("OTEL_LOGS_EXPORTER", "otlp", true),
            ("OTEL_METRICS_EXPORTER", "otlp", true),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", true),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", otlpGrpc, true),
            ("OTEL_EXPORTER_OTLP_HEADERS", $"Authorization=Bearer {Uri.EscapeDataString(token)}", token.Length > 0),
            ("OTEL_TRACES_EXPORT_INTERVAL", "1000", true),
            ("OTEL_LOGS_EXPORT_INTERVAL", "1000", true),
            ("OTEL_METRIC_EXPORT_INTERVAL", "10000", true),
            ("OTEL_LOG_USER_PROMPTS", "1", content.HasFlag(CapturedContent.Prompts)),
            ("OTEL_LOG_TOOL_DETAILS", "1", content.HasFlag(CapturedContent.ToolDetails)),
            ("OTEL_LOG_TOOL_CONTENT", "1", content.HasFlag(CapturedContent.ToolOutputs)),
        ];
        return all.Where(variable => variable.Wanted).Select(variable => KeyValuePair.Create(variable.Name, variable.Value));
    }
}
