using System.CommandLine;
using AgentObs.Cli.Doctor;
using AgentObs.Cli.Running;
using AgentObs.Cli.Setup;
using AgentObs.Conventions;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs setup</c>: tells the agents of this machine to send here; shows, asks, keeps a backup.</summary>
internal sealed class SetupCommand : Verb
{
    private readonly Argument<string?> _client = new("client")
    {
        Description = "claude or codex; both where it is left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _dryRun;
    private readonly Option<bool> _undo;
    private readonly Option<string?> _prompts;
    private readonly Option<bool> _yes;
    private readonly Option<bool> _replace;
    private readonly Option<bool> _service;
    private readonly SettingOptions _settings;

    public SetupCommand()
        : base(
            "setup",
            "Tells Claude Code and Codex to send their telemetry here: shows what changes in their settings, asks, keeps a backup. Exit code 1 where a client was left as it was.",
            "agentobs setup",
            "agentobs setup claude --dry-run",
            "agentobs setup --yes --prompts on",
            "agentobs setup --undo",
            "agentobs setup --service   # AgentObs starts at login; --service --undo: no longer")
    {
        _client.AcceptOnlyFromAmong([.. SetupClient.All.Select(client => client.Name)]);
        Arguments.Add(_client);
        _dryRun = With(new Option<bool>("--dry-run") { Description = "Show what would change and write nothing" });
        _undo = With(new Option<bool>("--undo") { Description = "Put the settings back; what you edited since stays" });
        _prompts = With(new Option<string?>("--prompts") { Description = "Store what you type to agents; off: Claude's commands and paths neither", HelpName = "on|off" }.AcceptOnlyFromAmong("on", "off"));
        _yes = With(new Option<bool>("--yes", "-y") { Description = "Write without asking" });
        _replace = With(new Option<bool>("--replace") { Description = "Take telemetry over that goes to an address of yours" });
        _service = With(new Option<bool>("--service") { Description = "Start AgentObs at login (systemd user unit, launchd agent), in place of the clients' settings" });
        _settings = new SettingOptions(this, Setting.WebUrl, Setting.OtlpGrpcUrl, Setting.OtlpHttpUrl, Setting.Data);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var configuration = _settings.Configuration(parsed);
        var options = new SetupOptions(
            parsed.GetValue(_client), parsed.GetValue(_dryRun), parsed.GetValue(_undo), parsed.GetValue(_prompts) is { } prompts ? prompts == "on" : null,
            parsed.GetValue(_yes), parsed.GetValue(_replace), parsed.GetValue(_service));
        var folder = DataHome.Resolve(Setting.Data.Read(configuration));
        var person = Conversation.Here(parsed.InvocationConfiguration.Output);
        if (options.Service)
        {
            return options.Client is null && options.Prompts is null && !options.Replace
                ? await new ServiceRun(options, Machine.Here, folder, person, TimeProvider.System).RunAsync(cancellation)
                : throw CommandException.Usage("--service is about AgentObs's own start, not about a client's settings.", Invocation.Of("setup --service"), Invocation.Of("setup " + options.Client));
        }

        return new SetupRun(options, Machine.Here, folder, RunningAgentObs.Find(configuration), person, parsed.InvocationConfiguration.Error, TimeProvider.System).Run();
    }
}
