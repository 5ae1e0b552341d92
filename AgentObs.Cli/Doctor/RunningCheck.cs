using System.Globalization;
using AgentObs.Cli.Serving;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>Is AgentObs there, does each address answer, is it this program's version.</summary>
internal sealed class RunningCheck : DoctorCheck
{
    public override string Area => "running";

    public override string Subject => "whether AgentObs runs";

    public override TimeSpan Limit => TimeSpan.FromSeconds(15);

    public override async Task<IReadOnlyList<Finding>> RunAsync(Patient patient, CancellationToken cancellation)
    {
        var running = patient.Running;
        var (fault, date) = await AddressProbe.WebAsync(running, cancellation);
        patient.ServerDate = date;
        if (fault is not null)
        {
            return [Away(patient, fault)];
        }

        try
        {
            patient.Stored = await patient.Api.ReadAsync<StoredSummary>("/api/storage", cancellation);
        }
        catch (CommandException refused)
        {
            return [Finding.Problem(
                "running.token", $"{running.Web} is there and lets nobody in: {refused.Message}",
                "export AGENTOBS_TOKEN=...   (the one that AgentObs was started with)",
                running.Token.Length == 0 ? "AGENTOBS_TOKEN is not set here" : "AGENTOBS_TOKEN is set here, to another one")];
        }

        patient.Answers = true;
        var findings = new List<Finding> { Version(patient) };
        var grpc = AddressProbe.OtlpGrpcAsync(running, cancellation);
        var http = AddressProbe.OtlpHttpAsync(running, cancellation);
        var faults = new[]
        {
            (Url: running.OtlpGrpc, What: "gRPC", Setting: Setting.OtlpGrpcUrl, Fault: await grpc),
            (Url: running.OtlpHttp, What: "HTTP", Setting: Setting.OtlpHttpUrl, Fault: await http),
        };
        findings.AddRange(faults.Where(one => one.Fault is not null).Select(one => NotTaken(patient, one.Url, one.What, one.Setting, one.Fault!)));
        if (findings.TrueForAll(finding => finding.Id != "running.otlp"))
        {
            findings.Add(Finding.Ok("running.otlp", $"Telemetry is taken at {Text(running.OtlpGrpc)} (gRPC) and {Text(running.OtlpHttp)} (HTTP)."));
        }

        return findings;
    }

    private static Finding Version(Patient patient)
    {
        var stored = patient.Stored;
        var pid = patient.Written is { } written && Text(new Uri(written.Web)) == Text(patient.Running.Web)
            ? string.Create(CultureInfo.InvariantCulture, $", pid {written.Pid}")
            : "";
        if (stored is null)
        {
            return Finding.Warning(
                "running.version", $"{Text(patient.Running.Web)} answers like an older AgentObs than this program.", Restart(patient), $"GET /api/storage: 404{pid}");
        }

        var found = $"AgentObs {Short(stored.Program)} runs at {Text(patient.Running.Web)} ({stored.Topology}{pid}, ClickHouse {stored.Engine}).";
        return stored.Program == ProgramVersion.Text
            ? Finding.Ok("running.version", found)
            : Finding.Warning("running.version", found + " This program is another build.", Restart(patient), $"running: {stored.Program}", $"this program: {ProgramVersion.Text}");
    }

    // The kill is SIGTERM: what was taken is committed first.
    private static string Restart(Patient patient) => patient.Written is { } written
        ? string.Create(CultureInfo.InvariantCulture, $"kill {written.Pid}; {Invocation.Of("serve")}")
        : "restart its containers with images of this version";

    private static Finding Away(Patient patient, string fault)
    {
        var running = patient.Running;
        var evidence = new List<string> { $"{Text(running.Web)}: {fault}" };
        if (patient.Written is { } written)
        {
            evidence.Add(string.Create(CultureInfo.InvariantCulture, $"{EndpointsFile.PathIn(patient.DataFolder)}: pid {written.Pid} at {written.Web}"));
            return Text(new Uri(written.Web)) == Text(running.Web)
                ? Finding.Problem(
                    "running.answers", $"AgentObs runs (pid {written.Pid}) and does not answer as it should: {fault}.",
                    $"kill {written.Pid}; {Invocation.Of("serve --verbose")}", evidence)
                : Finding.Problem(
                    "running.answers", $"{Setting.WebUrl.Variable} names {Text(running.Web)}, but AgentObs runs at {written.Web}.",
                    $"unset {Setting.WebUrl.Variable}", evidence);
        }

        if (File.Exists(EndpointsFile.PathIn(patient.DataFolder)))
        {
            evidence.Add($"{EndpointsFile.PathIn(patient.DataFolder)}: its process is gone, so it was killed or crashed");
        }

        return fault == AddressProbe.Absent
            ? Finding.Problem("running.answers", "AgentObs does not run: agents' telemetry is lost meanwhile.", Invocation.Of("serve"), evidence)
            : Finding.Problem(
                "running.answers", $"{Text(running.Web)} is not a healthy AgentObs: {fault}.",
                PortHolders.Find(running.Web.Port) is { IsAgentObs: false } holder
                    ? $"{Setting.WebUrl.Variable}=http://127.0.0.1:0 {Invocation.Of("serve")}   ({holder.Name}, pid {holder.Pid}, has the port)"
                    : Invocation.Of("serve --verbose"),
                evidence);
    }

    private static Finding NotTaken(Patient patient, Uri url, string what, Setting setting, string fault) => Finding.Problem(
        "running.otlp",
        $"No telemetry is taken over {what}: {Text(url)} is not AgentObs's, or does not answer.",
        patient.Machine.Variable(setting.Variable) is null ? Restart(patient) : $"unset {setting.Variable}",
        [
            $"{Text(url)}: {fault}",
            .. PortHolders.Find(url.Port) is { } holder ? [$"port {url.Port} is held by {holder.Name} (pid {holder.Pid})"] : Array.Empty<string>(),
            .. patient.Machine.Variable(setting.Variable) is { } set ? [$"{setting.Variable}={set}"] : Array.Empty<string>(),
        ]);

    /// <summary><c>0.1.0 (4719ee8)</c></summary>
    private static string Short(string version) => version.Split('+') is [var number, { Length: > 7 } commit] ? $"{number} ({commit[..7]})" : version;

    private static string Text(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
