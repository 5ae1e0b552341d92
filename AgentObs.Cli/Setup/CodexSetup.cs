using System.Text;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Doctor;
using AgentObs.Conventions;

namespace AgentObs.Cli.Setup;

/// <summary>Codex: <c>[otel]</c> of <c>~/.codex/config.toml</c>.</summary>
internal sealed class CodexSetup : SetupClient
{
    private const string Prompts = "otel.log_user_prompt";

    public override string Name => "codex";

    public override string Title => "Codex";

    public override ISettingsText Text { get; } = new CodexText();

    public override string File(Machine machine) => Path.Combine(machine.Variable("CODEX_HOME") ?? Path.Combine(machine.Home, ".codex"), "config.toml");

    public override IReadOnlyList<SettingLine> Read(byte[] text) => TomlSettings.Read(Encoding.UTF8.GetString(text));

    public override string LineName(string key) => "otel." + key;

    public override IEnumerable<KeyValuePair<string, string>> Wanted(string otlpGrpc, CapturedContent content, string token) => CodexTelemetry.Table(otlpGrpc, content, token);

    public override IEnumerable<string> Unwanted(CapturedContent content, string token) => [];

    public override bool IsEndpoint(string name) =>
        name.StartsWith("otel.", StringComparison.Ordinal) && name.EndsWith(".endpoint", StringComparison.Ordinal)
        && name.Split('.')[1] is "exporter" or "trace_exporter" or "metrics_exporter";

    public override bool IsGrpc(SettingLine endpoint, IReadOnlyList<SettingLine> lines) => endpoint.Name.Contains(".otlp-grpc.", StringComparison.Ordinal);

    // A label: AgentObs reads it nowhere.
    public override bool IsUsers(string key) => key == "environment";

    // Commands and their outputs are sent by codex always: only prompts are a choice.
    public override CapturedContent? Content(IReadOnlyList<SettingLine> lines) =>
        lines.LastOrDefault(line => line.Name == Prompts) is { } line ? (line.Value == "true" ? CapturedContent.Prompts : 0) | CapturedContent.ToolDetails : null;

    public override byte[] RemoveEmpty(byte[] text) => CodexText.RemoveEmpty(text);
}
