using System.Text;
using System.Text.Json;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Doctor;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>Claude Code: <c>env</c> of <c>~/.claude/settings.json</c>.</summary>
internal sealed class ClaudeSetup : SetupClient
{
    private const string Env = "env.";
    private const string Headers = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string Prompts = "OTEL_LOG_USER_PROMPTS";
    private const string Details = "OTEL_LOG_TOOL_DETAILS";
    private const string Outputs = "OTEL_LOG_TOOL_CONTENT";

    // Those of one signal stand before the common ones.
    private static readonly IReadOnlyList<string> OfSignals =
        [.. from signal in new[] { "TRACES", "LOGS", "METRICS" } from what in new[] { "ENDPOINT", "PROTOCOL", "HEADERS" } select $"OTEL_EXPORTER_OTLP_{signal}_{what}"];

    public override string Name => "claude";

    public override string Title => "Claude Code";

    public override ISettingsText Text { get; } = new ClaudeText();

    public override string File(Machine machine) => Path.Combine(machine.Variable("CLAUDE_CONFIG_DIR") ?? Path.Combine(machine.Home, ".claude"), "settings.json");

    public override IReadOnlyList<SettingLine> Read(byte[] text) =>
        string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text).TrimStart('\uFEFF')) ? [] : JsonSettings.Read(text);

    public override string LineName(string key) => Env + key;

    public override IEnumerable<KeyValuePair<string, string>> Wanted(string otlpGrpc, CapturedContent content, string token) =>
        ClaudeTelemetry.Variables(otlpGrpc, content, token).Select(pair => KeyValuePair.Create(pair.Key, $"\"{JsonEncodedText.Encode(pair.Value)}\""));

    public override IEnumerable<string> Unwanted(CapturedContent content, string token) =>
    [
        .. OfSignals,
        .. token.Length > 0 ? Array.Empty<string>() : [Headers],
        .. content.HasFlag(CapturedContent.Prompts) ? Array.Empty<string>() : [Prompts],
        .. content.HasFlag(CapturedContent.ToolDetails) ? Array.Empty<string>() : [Details],
        .. content.HasFlag(CapturedContent.ToolOutputs) ? Array.Empty<string>() : [Outputs],
    ];

    public override bool IsEndpoint(string name) => name == Env + "OTEL_EXPORTER_OTLP_ENDPOINT" || (name.StartsWith(Env, StringComparison.Ordinal) && name.EndsWith("_ENDPOINT", StringComparison.Ordinal) && OfSignals.Contains(name[Env.Length..], StringComparer.Ordinal));

    public override bool IsGrpc(SettingLine endpoint, IReadOnlyList<SettingLine> lines)
    {
        string? Of(string name) => lines.LastOrDefault(line => line.Name == name)?.Value;

        return (Of(endpoint.Name.Replace("_ENDPOINT", "_PROTOCOL", StringComparison.Ordinal)) ?? Of(Env + "OTEL_EXPORTER_OTLP_PROTOCOL")) == "grpc";
    }

    public override CapturedContent? Content(IReadOnlyList<SettingLine> lines)
    {
        bool IsOn(string name) => lines.LastOrDefault(line => line.Name == Env + name)?.Value.ToLowerInvariant() is "1" or "true" or "yes" or "on";

        return lines.Any(line => line.Name == Env + "CLAUDE_CODE_ENABLE_TELEMETRY")
            ? (IsOn(Prompts) ? CapturedContent.Prompts : 0) | (IsOn(Details) ? CapturedContent.ToolDetails : 0) | (IsOn(Outputs) ? CapturedContent.ToolOutputs : 0)
            : null;
    }

    public override byte[] RemoveEmpty(byte[] text) => ClaudeText.RemoveEmpty(text);
}
