using System.CommandLine;
using AgentObs.Cli.Doctor;
using AgentObs.Cli.Running;
using AgentObs.Conventions;
using Spectre.Console;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs doctor</c>: says why nothing arrives or nothing nests, and what mends it.</summary>
internal sealed class DoctorCommand : Verb
{
    private readonly SettingOptions _settings;
    private readonly Option<bool> _live;
    private readonly Option<bool> _json;

    public DoctorCommand()
        : base(
            "doctor",
            "Looks at AgentObs, the agents' settings and what they sent: why nothing arrives or nests, and what mends it. Exit code 1 with problems.",
            "agentobs doctor",
            "agentobs doctor --live   # also sends a nested session, reads it back and removes it",
            "agentobs doctor --json | jq '.findings[] | select(.level != \"ok\")'")
    {
        _live = With(new Option<bool>("--live") { Description = "Also send a nested session through the whole chain, read it back and remove it" });
        _json = With(new Option<bool>("--json") { Description = "Print the findings as JSON" });
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = _settings.Configuration(parsed);
        var folder = DataHome.Resolve(Setting.Data.Read(configuration));
        var running = RunningAgentObs.Find(configuration);
        using var api = new ApiClient(running);
        var patient = new Patient(Machine.Here, folder, EndpointsFile.Read(folder), running, api, TimeProvider.System);
        var report = new DoctorReport(await ExamineAsync(patient, parsed, cancellation));
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_json))
        {
            await output.WriteLineAsync(ReportJson.Write(report));
        }
        else
        {
            ReportText.Write(Terminal.On(output), report);
        }

        return report.ExitCode;
    }

    private async Task<IReadOnlyList<Examination>> ExamineAsync(Patient patient, ParseResult parsed, CancellationToken cancellation)
    {
        var examiner = new Examiner(new RunningCheck(), Checks.All(parsed.GetValue(_live)));
        var console = Terminal.On(parsed.InvocationConfiguration.Error);
        return console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync("Looking ...", status => examiner.RunAsync(
                patient, open => status.Status = Markup.Escape(open.Count == 0 ? "Done" : $"Looking at {string.Join(", ", open)} ..."), cancellation))
            : await examiner.RunAsync(patient, _ => { }, cancellation);
    }
}
