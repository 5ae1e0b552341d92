namespace AgentObs.Cli.Doctor;

/// <summary>Codex's <c>[otel]</c> table: each signal has an exporter of its own, and each can be silent or elsewhere.</summary>
internal sealed class CodexCheck : DoctorCheck
{
    private static readonly (string Key, string What, string Path, bool Matters)[] Exporters =
    [
        ("trace_exporter", "spans", "/v1/traces", true),
        ("exporter", "log records", "/v1/logs", true),
        ("metrics_exporter", "metrics", "/v1/metrics", false),
    ];

    private static readonly string[] Kinds = ["otlp-grpc", "otlp-http"];

    public override string Area => "codex";

    public override string Subject => "Codex's settings";

    public override Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var isInstalled = Installation.Find(KnownAgent.Codex.Program, patient.Machine.Path, patient.ShimFolder).Count > 0;
        var settings = CodexSettingFile.Read(patient.Machine);
        return Task.FromResult<IReadOnlyList<Finding>>(!isInstalled && !HasTable(settings) ? [] : [.. Judge(settings, patient)]);
    }

    internal static IEnumerable<Finding> Judge(SettingMap settings, Patient patient)
    {
        var setup = Invocation.Of("setup codex");
        if (settings.Fault is { } fault)
        {
            yield return Finding.Problem("codex.file", $"Codex's settings cannot be read: {fault}", $"${{EDITOR:-vi}} {settings.File}", settings.File);
            yield break;
        }

        if (!HasTable(settings))
        {
            yield return Finding.Warning(
                "codex.off", "Codex sends no telemetry by itself, and its runs do not nest.", $"{setup}   (or start it as: {Invocation.Of("run -- codex")})", $"{settings.File}: no [otel]");
            yield break;
        }

        var wrong = Wrong(settings, patient, setup).ToList();
        foreach (var finding in wrong)
        {
            yield return finding;
        }

        if (!wrong.Exists(finding => finding.Level == FindingLevel.Problem))
        {
            var endpoint = settings.Find("otel.trace_exporter.otlp-grpc.endpoint") ?? settings.Find("otel.trace_exporter.otlp-http.endpoint");
            yield return Finding.Ok("codex.settings", $"Codex sends spans and log records to {endpoint?.Value}.", endpoint?.Where ?? settings.File);
        }
    }

    private static IEnumerable<Finding> Wrong(SettingMap settings, Patient patient, string setup)
    {
        foreach (var finding in Elsewhere(settings, patient, setup))
        {
            yield return finding;
        }

        foreach (var (key, what, path, matters) in Exporters)
        {
            if (Exporter(settings, patient, setup, key, what, path, matters) is { } finding)
            {
                yield return finding;
            }
        }

        if (settings.Find("shell_environment_policy.inherit") is { Value: "none" or "core" } inherit)
        {
            yield return Finding.Warning(
                "codex.environment", $"Codex hands only {(inherit.Value == "none" ? "no" : "core")} variables to its commands: TRACEPARENT does not reach an agent that it starts.",
                $"in {inherit.Where}: inherit = \"all\"", settings.Line("shell_environment_policy.inherit"));
        }
    }

    /// <summary>Mostly one address thrice: it is told once.</summary>
    private static IEnumerable<Finding> Elsewhere(SettingMap settings, Patient patient, string setup) =>
        from exporter in Exporters
        from kind in Kinds
        let name = $"otel.{exporter.Key}.{kind}.endpoint"
        let told = settings.Find(name)
        where told is not null
        let fault = Destination.Fault(told.Value, kind == Kinds[0], patient)
        where fault is not null
        group (exporter, name) by (told.Value, fault) into same
        select new Finding(
            "codex.endpoint",
            same.Any(one => one.exporter.Matters) ? FindingLevel.Problem : FindingLevel.Warning,
            $"Codex sends {string.Join(" and ", same.Select(one => one.exporter.What))} to {same.Key.Value}, which {same.Key.fault}.",
            [.. same.Select(one => settings.Line(one.name))],
            $"{setup} --replace");

    private static Finding? Exporter(SettingMap settings, Patient patient, string setup, string key, string what, string path, bool matters)
    {
        var name = "otel." + key;
        var level = matters ? FindingLevel.Problem : FindingLevel.Warning;
        var grpc = settings.Find($"{name}.otlp-grpc.endpoint");
        var http = settings.Find($"{name}.otlp-http.endpoint");
        if (grpc is null && http is null)
        {
            return (settings.Text(name), matters) switch
            {
                ("none", false) => null,
                (_, false) => Finding.Warning(
                    "codex.metrics", "Codex sends its metrics to its maker.", $"{setup}   ([otel] metrics_exporter, or \"none\")", settings.Line(name)),
                _ when key == "trace_exporter" => Finding.Problem(
                    "codex.trace-exporter", "Codex sends no spans: its log records name no trace, and its runs cannot nest.", $"{setup}   ([otel] trace_exporter)", settings.Line(name)),
                _ => Finding.Problem("codex.exporter", "Codex sends no log records: commands, their outputs, exit codes and tokens are missing.", $"{setup}   ([otel] exporter)", settings.Line(name)),
            };
        }

        var endpoint = (grpc ?? http)!;
        var line = settings.Line(grpc is null ? $"{name}.otlp-http.endpoint" : $"{name}.otlp-grpc.endpoint");
        if (Destination.Fault(endpoint.Value, grpc is not null, patient) is not null)
        {
            return null;
        }

        if (grpc is null && Uri.TryCreate(endpoint.Value, UriKind.Absolute, out var url) && url.AbsolutePath != path)
        {
            return new Finding(
                "codex.path", level, $"Codex takes an HTTP endpoint as it is: {what} go to {url.AbsolutePath}, where nothing takes them.", [line],
                $"in {endpoint.Where}: endpoint = \"{url.GetLeftPart(UriPartial.Authority)}{path}\"");
        }

        return patient.Running.Token.Length > 0 && !settings.Names.Any(known => known.StartsWith($"{name}.otlp-{(grpc is null ? "http" : "grpc")}.headers.", StringComparison.Ordinal))
            ? new Finding(
                "codex.token",
                level,
                $"AgentObs asks for its token, and Codex sends {what} without one: they are refused.",
                [line],
                Invocation.Of("setup codex") + "   (adds to the exporter: headers = { Authorization = \"Bearer <AGENTOBS_TOKEN>\" })")
            : null;
    }

    private static bool HasTable(SettingMap settings) => settings.Names.Any(name => name.StartsWith("otel.", StringComparison.Ordinal));
}
