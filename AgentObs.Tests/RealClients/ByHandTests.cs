using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>Both clients with the settings that the README shows, and nothing else of AgentObs on the way.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ByHandTests
{
    /// <summary>
    /// Nobody tells who started the grandchildren but the command they were started with, so they are inferred. A codex that is refused sends
    /// nothing or a record without its prompt, one that is stopped what its timers had sent: neither is in the expected text.
    /// </summary>
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task Settings_as_in_the_README_make_the_tree()
    {
        await using var run = await ShopRun.StartAsync();
        await run.Place.AddClaudeSettingsAsync(RepositoryFiles.Read("config/claude/settings.json"));
        await run.Place.AddCodexSettingsAsync(RepositoryFiles.Read("config/codex/config.toml"));

        var session = await run.RunAsync("claude", "-p", run.Scenario.Prompt);

        var bash = Assert.Single(session.Tree.Nodes, node => node.Name == "Bash" && node.Detail!.Contains(ShopRun.Stopped, StringComparison.Ordinal));
        Assert.Equal(bash.Id, session.Run(ShopRun.Stopped).ParentId);
        TreeText.AssertIs("by-hand", session.Without(node =>
            node.Kind == NodeKinds.Span || (node.Kind == NodeKinds.AgentRun && node.Detail is null or ShopRun.Refused or ShopRun.Stopped)));
        Assert.Equal(run.Scenario.Cost, session.Summary.Tokens);
        Assert.Equal((SessionStates.Done, "claude-code"), (session.Summary.State, session.Summary.Agent));
        await run.AssertVersionsAsync(session.Tree);
    }
}
