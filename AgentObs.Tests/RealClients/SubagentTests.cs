using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>A subagent in Claude's process, and below it a Codex that dies without a word.</summary>
[Collection(nameof(OneAtATime))]
public sealed class SubagentTests
{
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task A_codex_below_a_subagent_is_killed()
    {
        await using var run = await ScriptedRun.StartAsync("subagent");

        var session = await run.RunAsync("agentobs", "run", "--", "claude", "-p", run.Scenario.Prompt);

        TreeText.AssertIs("subagent", session.Tree);
        Assert.Equal(run.Scenario.Cost, session.Summary.Tokens);
        Assert.Equal(SessionStates.Done, session.Summary.State);
        Assert.Empty(session.Stitching.Unassigned);
        Assert.Empty(session.Stitching.InferredEdges);
    }
}
