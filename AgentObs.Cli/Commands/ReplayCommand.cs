using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Replaying;
using AgentObs.Cli.Rewriting;
using AgentObs.Cli.Running;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs replay recordings/claude-codex3</c>: sends recorded OTLP bodies into the running AgentObs.</summary>
internal sealed class ReplayCommand : Verb
{
    private readonly Argument<string> _folder;
    private readonly Option<bool> _now;
    private readonly Option<double?> _speed;
    private readonly SettingOptions _settings;

    public ReplayCommand()
        : base(
            "replay",
            "Sends recorded telemetry into the running AgentObs, in order, and returns when all of it is committed.",
            "agentobs replay recordings/claude-codex3             # as recorded: same ids, same times",
            "agentobs replay recordings/claude-codex3 --now       # as a new run: new ids, starting now",
            "agentobs replay recordings/claude-codex3 --now --speed 1   # at the recorded pace",
            "agentobs replay recordings                           # every recording below the folder")
    {
        _folder = new Argument<string>("folder") { Description = "A recording (a folder with index.json), or a folder of recordings" };
        Arguments.Add(_folder);
        _now = With(new Option<bool>("--now") { Description = "A new run: times start now, all ids are new" });
        _speed = With(new Option<double?>("--speed")
        {
            Description = "Keep the recorded pace; 2 is twice as fast (default: as fast as acknowledged)",
        });
        _speed.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }]
                && !(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && speed > 0 && double.IsFinite(speed)))
            {
                result.AddError($"--speed is '{text}': it must be a number over 0, for example --speed 1");
            }
        });
        _settings = new SettingOptions(this, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var clock = TimeProvider.System;
        var running = RunningAgentObs.Find(_settings.Configuration(parsed));
        var recordings = await RecordingReader.ReadAsync(parsed.GetRequiredValue(_folder), cancellation);
        if (parsed.GetValue(_now))
        {
            var now = UnixNano.FromDateTimeOffset(clock.GetUtcNow());
            recordings = RecordingRewriter.Rewrite(recordings, Guid.NewGuid().ToString("N"), now);
        }

        using var client = new OtlpClient(running, clock);
        var replayer = new Replayer(client, clock, parsed.GetValue(_speed), parsed.InvocationConfiguration.Error.WriteLine);
        var totals = await ReplayConsole.RunAsync(replayer, recordings, parsed.InvocationConfiguration, cancellation);
        return totals.Refused == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
