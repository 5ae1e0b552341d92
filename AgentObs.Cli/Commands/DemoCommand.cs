using System.CommandLine;
using AgentObs.Cli.Demo;
using AgentObs.Cli.Replaying;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs demo</c>: replays a shipped recording of a real session and opens its page; <c>--clear</c> removes it.</summary>
internal sealed class DemoCommand : Verb
{
    private readonly Option<bool> _clear;
    private readonly Option<bool> _noOpen;
    private readonly SettingOptions _settings;

    public DemoCommand()
        : base(
            "demo",
            "Shows a recorded session (Claude Code that starts three codex) in the running AgentObs and opens its page.",
            "agentobs demo",
            "agentobs demo --no-open   # only prints the address",
            "agentobs demo --clear     # removes it; it can come again")
    {
        _clear = With(new Option<bool>("--clear") { Description = "Remove the demo session" });
        _noOpen = With(new Option<bool>("--no-open") { Description = "Do not open the browser" });
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var running = RunningAgentObs.Find(_settings.Configuration(parsed));
        var output = parsed.InvocationConfiguration.Output;
        using var api = new ApiClient(running);
        await api.RequireAsync(cancellation);

        var demo = await DemoSession.ReadAsync(UnixNano.FromDateTimeOffset(clock.GetUtcNow()), cancellation);
        var wasThere = await api.DeleteAsync($"/api/sessions/{demo.Id}", cancellation);
        if (parsed.GetValue(_clear))
        {
            await output.WriteLineAsync(
                wasThere ? "The demo session is removed. It comes again with: " + Invocation.Of("demo") : "There is no demo session.");
            return ExitCode.Ok;
        }

        using var client = new OtlpClient(running, clock);
        var replayer = new Replayer(client, clock, speed: null, parsed.InvocationConfiguration.Error.WriteLine);
        var totals = await ReplayConsole.RunAsync(replayer, [demo.Recording], parsed.InvocationConfiguration, cancellation);
        var page = new Uri(running.Web, $"/sessions/{demo.Id}");
        await output.WriteLineAsync($"The demo session: {page}");
        await output.WriteLineAsync($"Remove it with: {Invocation.Of("demo --clear")}");
        if (!parsed.GetValue(_noOpen) && Browser.IsThere)
        {
            Browser.Open(page);
        }

        return totals.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
