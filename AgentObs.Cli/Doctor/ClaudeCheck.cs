using AgentObs.Conventions;

namespace AgentObs.Cli.Doctor;

/// <summary>Claude Code's settings: all that keeps its spans from coming, or its children from joining them.</summary>
internal sealed class ClaudeCheck : DoctorCheck
{
    private const string Beta = "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA";
    private const string Propagate = "CLAUDE_CODE_PROPAGATE_TRACEPARENT";
    private const string Enable = "CLAUDE_CODE_ENABLE_TELEMETRY";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string BaseUrl = "ANTHROPIC_BASE_URL";

    private static readonly (string Exporter, string Signal, string What)[] Signals =
    [
        ("OTEL_TRACES_EXPORTER", "TRACES", "spans"), ("OTEL_LOGS_EXPORTER", "LOGS", "prompts, decisions and answers"),
    ];

    public override string Area => "claude";

    public override string Subject => "Claude Code's settings";

    public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var isInstalled = Installation.Find(KnownAgent.Claude.Program, patient.Machine.Path, patient.ShimFolder).Count > 0;
        var settings = ClaudeSettingFiles.Read(patient.Machine);
        return Task.FromResult<IReadOnlyList<Finding>>(!isInstalled && !settings.Names.Contains(Enable) ? [] : [.. Judge(settings, patient)]);
    }

    internal static IEnumerable<Finding> Judge(SettingMap settings, Patient patient)
    {
        var setup = Invocation.Of("setup claude");
        if (settings.Fault is { } fault)
        {
            yield return Finding.Problem("claude.file", $"Claude Code's settings cannot be read: {fault}", $"${{EDITOR:-vi}} {settings.File}", settings.File);
            yield break;
        }

        if (!settings.IsOn(Enable))
        {
            yield return Finding.Warning(
                "claude.off", "Claude Code sends no telemetry by itself.", $"{setup}   (or start it as: {Invocation.Of("run -- claude")})", settings.Line(Enable));
            yield break;
        }

        // Spans and log records mostly go one way: what is wrong with it is told once.
        var wrong = Wrong(settings, patient, setup).DistinctBy(finding => (finding.Id, finding.Found)).ToList();
        foreach (var finding in wrong)
        {
            yield return finding;
        }

        if (!wrong.Exists(finding => finding.Level == FindingLevel.Problem))
        {
            yield return Finding.Ok(
                "claude.settings",
                $"Claude Code sends spans and log records to {settings.Text(Endpoint)}, and hands its trace to what it runs.",
                settings.Line(Enable),
                settings.Line(Beta),
                settings.Line(Endpoint));
        }
    }

    private static IEnumerable<Finding> Wrong(SettingMap settings, Patient patient, string setup)
    {
        if (!settings.IsOn(Beta))
        {
            yield return Finding.Problem("claude.beta", "Claude Code sends log records but no spans, and what it starts does not nest.", $"{setup}   ({Beta}=1)", settings.Line(Beta));
        }

        if (settings.Find(BaseUrl) is { } url && !IsMakers(url.Value) && !settings.IsOn(Propagate))
        {
            yield return Finding.Problem(
                "claude.propagate", "With a base URL of your own Claude Code hands no TRACEPARENT on: what it starts becomes sessions of its own.", $"{setup}   ({Propagate}=1)",
                settings.Line(BaseUrl), settings.Line(Propagate));
        }

        foreach (var (exporter, signal, what) in Signals)
        {
            if (!settings.Text(exporter).Split(',', StringSplitOptions.TrimEntries).Contains("otlp", StringComparer.Ordinal))
            {
                yield return new Finding(
                    "claude.exporter",
                    signal == "TRACES" ? FindingLevel.Problem : FindingLevel.Warning,
                    $"Claude Code does not send {what}.",
                    [settings.Line(exporter)],
                    $"{setup}   ({exporter}=otlp)");
                continue;
            }

            foreach (var finding in Sent(settings, patient, signal, what, setup))
            {
                yield return finding;
            }
        }

        if (settings.IsOn("ENABLE_BETA_TRACING_DETAILED") && settings.Find("BETA_TRACING_ENDPOINT") is { } detailed && Destination.Fault(detailed.Value, isGrpc: false, patient) is { } elsewhere)
        {
            yield return Finding.Problem(
                "claude.detailed", $"Detailed tracing sends spans and log records to {detailed.Value}, which {elsewhere}.",
                $"{Edit(detailed, settings)}: BETA_TRACING_ENDPOINT={patient.Running.OtlpHttp.GetLeftPart(UriPartial.Authority)}, or remove ENABLE_BETA_TRACING_DETAILED",
                settings.Line("ENABLE_BETA_TRACING_DETAILED"), settings.Line("BETA_TRACING_ENDPOINT"));
        }

        if (patient.Running.Token.Length > 0 && settings.Find("OTEL_EXPORTER_OTLP_HEADERS") is null)
        {
            yield return Finding.Problem(
                "claude.token", "AgentObs asks for its token, and Claude Code sends none: all it sends is refused.",
                Invocation.Of("setup claude") + "   (adds to env: OTEL_EXPORTER_OTLP_HEADERS=\"Authorization=Bearer <AGENTOBS_TOKEN>\")", settings.Line("OTEL_EXPORTER_OTLP_HEADERS"));
        }

        if (Stripped(settings) is { Count: > 0 } stripped)
        {
            yield return Finding.Warning(
                "claude.stripped", "Settings of this shell alone do not reach a claude that another agent starts: Claude Code takes every OTEL_* away from its commands.",
                $"{setup}   (writes them to {settings.File})", [.. stripped.Select(settings.Line)]);
        }

        if (settings.IsOn("OTEL_SDK_DISABLED"))
        {
            yield return Finding.Problem(
                "claude.sdk-disabled",
                "OTEL_SDK_DISABLED silences Claude Code.",
                $"{Edit(settings.Find("OTEL_SDK_DISABLED")!, settings)}: remove OTEL_SDK_DISABLED",
                settings.Line("OTEL_SDK_DISABLED"));
        }

        if (!settings.IsOn("OTEL_LOG_TOOL_DETAILS") && ByCommand(patient) is { Count: > 0 } agents)
        {
            yield return Finding.Warning(
                "claude.tool-details", $"Commands are left out: runs of {string.Join(", ", agents)} continue no trace and are placed by the command that started them.",
                "add to env: OTEL_LOG_TOOL_DETAILS=1   (commands and paths are stored then); or start Claude as: " + Invocation.Of("run -- claude"), settings.Line("OTEL_LOG_TOOL_DETAILS"));
        }
    }

    /// <summary>Protocol and endpoint of one signal: its own setting stands before the common one.</summary>
    private static IEnumerable<Finding> Sent(SettingMap settings, Patient patient, string signal, string all, string setup)
    {
        var ofSignal = $"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL";
        var protocol = settings.Find(ofSignal) is null ? Protocol : ofSignal;
        var what = protocol == ofSignal ? all : "telemetry";
        if (settings.Text(protocol) is not ("grpc" or "http/protobuf" or "http/json"))
        {
            yield return Finding.Problem("claude.protocol", $"Claude Code has no protocol for {what}: it has no default.", $"{setup}   ({Protocol}=grpc)", settings.Line(protocol));
            yield break;
        }

        var own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        var name = settings.Find(own) is null ? Endpoint : own;
        what = name == own ? all : "telemetry";
        if (settings.Find(name) is not { } endpoint)
        {
            yield return Finding.Problem("claude.endpoint", $"Claude Code is not told where to send {what}.", setup, settings.Line(Endpoint));
        }
        else if (Destination.Fault(endpoint.Value, settings.Text(protocol) == "grpc", patient) is { } fault)
        {
            yield return Finding.Problem(
                "claude.endpoint", $"Claude Code sends {what} to {endpoint.Value}, which {fault}.",
                name == own ? $"{Edit(endpoint, settings)}: remove {own}"
                    : endpoint.Where.StartsWith(settings.File, StringComparison.Ordinal) ? $"{setup} --replace"
                    : $"{Edit(endpoint, settings)}: {Endpoint}={patient.Running.OtlpGrpc.GetLeftPart(UriPartial.Authority)}",
                settings.Line(name), settings.Line(protocol));
        }
    }

    private static List<string> Stripped(SettingMap settings) =>
        [.. ClaudeTelemetry.Variables("", CapturedContent.None).Select(pair => pair.Key)
            .Where(name => name.StartsWith("OTEL_", StringComparison.Ordinal) && !name.EndsWith("_INTERVAL", StringComparison.Ordinal) && settings.Find(name)?.IsShell == true)];

    private static List<string> ByCommand(Patient patient) =>
        [.. KnownAgent.All.Where(agent => agent != KnownAgent.Claude && agent != KnownAgent.Codex)
            .Where(agent => Installation.Find(agent.Program, patient.Machine.Path, patient.ShimFolder).Count > 0).Select(agent => agent.Program)];

    private static string Edit(Told told, SettingMap settings) => told.IsShell ? "in this shell" : $"in {(told.Where.Length > 0 ? told.Where : settings.File)}";

    private static bool IsMakers(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Host == "api.anthropic.com";
}
