using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>Both clients with the settings that the README shows, and nothing else of AgentObs on the way.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ByHandTests
{
    /// <summary>
    /// Nobody tells who started the grandchildren but the command they were started with, so they are inferred. A codex that is refused sends
    /// nothing or a record without its prompt, one that is stopped what its timers had sent: neither is in this text.
    /// </summary>
    private const string Expected =
        """
        session claude-code `Build the checkout with three workers.`
          turn prompt `Build the checkout with three workers.`
            model_call claude-opus-5-5 1200/0/3000/140/0 ok
            tool_call Bash `codex exec 'Build the cart.' > cart.log 2>&…` ok
              permission_wait permission `accept (user_permanent)`
              agent_run codex `Build the cart.` <proven>
                model_call gpt-5.5 2000/0/0/35/25 ok
                tool_call exec_command `codex exec 'Test the cart.' < /dev/null > c…` ok exit 0
                  agent_run claude-code `Review the cart.` <inferred>
                    model_call claude-opus-5-5 800/0/400/30/0 ok
                    tool_call Bash `ls *.log` ok
                      permission_wait permission `accept (user_permanent)`
                    model_call claude-opus-5-5 90/1200/0/12/0 ok
                  agent_run codex `Test the cart.` <inferred>
                    model_call gpt-5.5 900/100/0/20/10 ok
                    tool_call exec_command `echo '2 tests passed'; exit 3` error exit 3 !exit code 3: 2 tests passed
                    model_call gpt-5.5 50/1000/0/15/5 ok
                model_call gpt-5.5 600/1500/0/70/0 ok
            model_call claude-opus-5-5 310/3000/220/45/0 ok

        """;

    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task Settings_as_in_the_README_make_the_tree()
    {
        await using var run = await ShopRun.StartAsync();
        await run.Place.AddClaudeSettingsAsync(RepositoryFiles.Read("config/claude/settings.json"));
        await run.Place.AddCodexSettingsAsync(RepositoryFiles.Read("config/codex/config.toml"));

        var session = await run.RunAsync("claude", "-p", run.Scenario.Prompt);

        var bash = Assert.Single(session.Tree.Nodes, node => node.Name == "Bash" && node.Detail!.Contains(ShopRun.Stopped, StringComparison.Ordinal));
        Assert.Equal(bash.Id, session.Run(ShopRun.Stopped).ParentId);
        Assert.Equal(Expected, TreeText.Of(session.Without(node =>
            node.Kind == NodeKinds.Span || (node.Kind == NodeKinds.AgentRun && node.Detail is null or ShopRun.Refused or ShopRun.Stopped))));
        Assert.Equal(run.Scenario.Cost, session.Summary.Tokens);
        Assert.Equal((SessionStates.Done, "claude-code"), (session.Summary.State, session.Summary.Agent));
        await run.AssertVersionsAsync(session.Tree);
    }
}
