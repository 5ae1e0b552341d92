using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>A person's first minutes: <c>agentobs setup</c>, then Claude Code as always, then <c>agentobs doctor</c>.</summary>
[Collection(nameof(OneAtATime))]
public sealed class SetUpTests
{
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task Probe()
    {
        await using var run = await ShopRun.StartAsync();
        await run.Place.AddClaudeSettingsAsync(RepositoryFiles.Read("config/claude/settings.json"));
        await run.Place.AddCodexSettingsAsync(RepositoryFiles.Read("config/codex/config.toml"));

        var session = await run.RunAsync("claude", "-p", run.Scenario.Prompt);
        var doctor = await BoundedProcess.RunAsync("agentobs", ["doctor"], run.Place.Environment, run.Place.Project);
        Assert.Fail($"{doctor.ExitCode}\n{doctor.Output}\n{doctor.Error}");
    }
}
