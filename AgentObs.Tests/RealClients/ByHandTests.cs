using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>Both clients with the settings that the README shows, and nothing else of AgentObs on the way.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ByHandTests
{
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task Settings_as_in_the_README_make_the_tree()
    {
        await using var run = await ScriptedRun.StartAsync("shop");
        await run.Place.AddClaudeSettingsAsync(RepositoryFiles.Read("config/claude/settings.json"));
        await run.Place.AddCodexSettingsAsync(RepositoryFiles.Read("config/codex/config.toml"));

        await Shop.AssertConfiguredAsync(run, await run.RunAsync("claude", "-p", run.Scenario.Prompt));
    }
}
