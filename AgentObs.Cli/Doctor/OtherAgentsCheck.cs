using System.Globalization;

namespace AgentObs.Cli.Doctor;

/// <summary>Agents that send where the environment or a settings file of their own says.</summary>
internal sealed class OtherAgentsCheck : DoctorCheck
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public override string Area => "others";

    public override string Subject => "other agents' settings";

    public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Finding>>([.. KnownAgent.All
            .Where(agent => Installation.Find(agent.Program, patient.Machine.Path, patient.ShimFolder).Count > 0)
            .SelectMany(agent => agent switch
            {
                _ when agent == KnownAgent.Copilot || agent == KnownAgent.Goose => ByEnvironment(agent, patient),
                _ when agent == KnownAgent.OpenCode => ByEnvironment(agent, patient).Concat(OpenCode(patient)),
                _ when agent == KnownAgent.Gemini => ByFile(agent, Read(patient.Machine, ".gemini/settings.json"), "GEMINI_TELEMETRY", patient),
                _ when agent == KnownAgent.Qwen => ByFile(agent, Read(patient.Machine, ".qwen/settings.json"), "QWEN_TELEMETRY", patient).Concat(Qwen(patient)),
                _ => [],
            })]);

    private static IEnumerable<Finding> ByEnvironment(KnownAgent agent, Patient patient)
    {
        var here = patient.Running.OtlpHttp.GetLeftPart(UriPartial.Authority);
        var run = Invocation.Of($"run -- {agent.Program}");
        if (patient.Machine.Variable(Endpoint) is not { } endpoint)
        {
            yield return Finding.Warning(
                "others.off", $"{agent.Program} sends nothing: it is told where to by the environment alone.", $"{run}   (or: export {Endpoint}={here})", $"{Endpoint} is not set");
        }
        else if (Destination.Fault(endpoint, isGrpc: false, patient) is { } fault)
        {
            yield return Finding.Problem(
                "others.endpoint", $"{agent.Program} sends to {endpoint}, which {fault}.", $"{run}   (or: export {Endpoint}={here})", $"{Endpoint}={endpoint} (this shell)");
        }
    }

    /// <summary>The common variable stands before their own endpoint, and they keep their protocol.</summary>
    private static IEnumerable<Finding> ByFile(KnownAgent agent, SettingMap settings, string variable, Patient patient)
    {
        if (settings.Fault is { } fault)
        {
            yield return Finding.Problem("others.file", $"{agent.Program}'s settings cannot be read: {fault}", $"${{EDITOR:-vi}} {settings.File}", settings.File);
            yield break;
        }

        var grpc = patient.Running.OtlpGrpc.GetLeftPart(UriPartial.Authority);
        var here = $"in {settings.File}: \"telemetry\": {{ \"enabled\": true, \"target\": \"local\", \"otlpEndpoint\": \"{grpc}\", \"otlpProtocol\": \"grpc\" }}";
        if (!(settings.IsOn("telemetry.enabled") || patient.Machine.Variable(variable + "_ENABLED") is "true" or "1"))
        {
            yield return Finding.Warning("others.off", $"{agent.Program} sends nothing.", here, settings.Line("telemetry.enabled"));
            yield break;
        }

        var common = patient.Machine.Variable(Endpoint);
        var endpoint = common ?? patient.Machine.Variable(variable + "_OTLP_ENDPOINT") ?? settings.Text("telemetry.otlpEndpoint");
        var protocol = patient.Machine.Variable(variable + "_OTLP_PROTOCOL") ?? settings.Text("telemetry.otlpProtocol");
        if (endpoint.Length == 0 || Destination.Fault(endpoint, protocol != "http", patient) is not { } elsewhere)
        {
            if (endpoint.Length == 0)
            {
                yield return Finding.Problem("others.endpoint", $"{agent.Program} is not told where to send.", here, settings.Line("telemetry.otlpEndpoint"));
            }

            yield break;
        }

        yield return Finding.Problem(
            "others.endpoint", $"{agent.Program} sends to {endpoint}, which {elsewhere}.", common is null ? here : $"{Endpoint}={grpc} {agent.Program}",
            common is null ? settings.Line("telemetry.otlpEndpoint") : $"{Endpoint}={common} (this shell) stands before telemetry.otlpEndpoint", settings.Line("telemetry.otlpProtocol"));
    }

    private static IEnumerable<Finding> Qwen(Patient patient)
    {
        var settings = Read(patient.Machine, ".qwen/settings.json");
        if (settings.Fault is null && settings.IsOn("telemetry.enabled") && !settings.IsOn("outboundCorrelation.propagateTraceContext"))
        {
            yield return Finding.Warning(
                "others.qwen-propagate", "qwen hands no TRACEPARENT of its own on: a codex that it starts does not nest below it.",
                $"in {settings.File}: \"outboundCorrelation\": {{ \"propagateTraceContext\": true }}", settings.Line("outboundCorrelation.propagateTraceContext"));
        }
    }

    private static IEnumerable<Finding> OpenCode(Patient patient)
    {
        var settings = Read(patient.Machine, ".config/opencode/opencode.json");
        if (settings.Fault is null && !settings.IsOn("experimental.openTelemetry"))
        {
            yield return Finding.Warning(
                "others.opencode", "opencode leaves its model calls out: spans with tokens are an experiment of it.",
                $"in {settings.File}: \"experimental\": {{ \"openTelemetry\": true }}   (sends prompts and answers, too)", settings.Line("experimental.openTelemetry"));
        }
    }

    private static SettingMap Read(Machine machine, string path)
    {
        var file = Path.Combine(machine.Home, path);
        var (lines, fault) = File.Exists(file) ? ClaudeSettingFiles.Lines(file) : ([], null);
        var settings = new SettingMap(machine.Short(file), fault is null ? null : $"{machine.Short(file)}: {fault}.");
        foreach (var line in lines)
        {
            settings.Put(line.Name, new Told(line.Value, string.Create(CultureInfo.InvariantCulture, $"{machine.Short(file)}:{line.Line}")));
        }

        return settings;
    }
}
