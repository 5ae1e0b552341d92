using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>Both clients as a person has them, without a word about telemetry in their settings: <c>agentobs run</c> is all.</summary>
[Collection(nameof(OneAtATime))]
public sealed class LaunchedTests
{
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task The_launcher_makes_the_tree_with_exit_codes_and_tasks()
    {
        await using var run = await ScriptedRun.StartAsync("shop");

        var session = await run.RunAsync("agentobs", "run", "--task", "SHOP-12", "--", "claude", "-p", run.Scenario.Prompt);

        // What the refused codex sent of its own before it ended depends on the machine; that it ran, where, and how it ended does not.
        var refused = session.Tree.Nodes.SingleOrDefault(node => node.Kind == NodeKinds.AgentRun && node.Detail?.Contains(Shop.Refused, StringComparison.Ordinal) == true);
        Assert.True(refused is not null, TreeText.Of(session.Tree) + run.Place.Logs);
        Assert.Equal(("codex", 1, "error", "SHOP-12", EdgeEvidence.Proven), (refused.Agent, refused.ExitCode, refused.Status, refused.Task, refused.Edge!.Grade));
        Assert.Equal(session.Run(Shop.Stopped).ParentId, refused.ParentId);
        TreeText.AssertIs("launched", session.Without(node => node.Id == refused.Id));
        Assert.Equal(run.Scenario.Cost, session.Summary.Tokens);
        Assert.Equal(["SHOP-12"], session.Summary.Tasks);
        Assert.Equal((SessionStates.Done, "claude-code", "checkout"), (session.Summary.State, session.Summary.Agent, session.Summary.Branch));
        Assert.Empty(session.Stitching.Unassigned);
        Assert.Empty(session.Stitching.RunsWithoutParent);
        Assert.Empty(session.Stitching.InferredEdges);
        Assert.Empty(session.Stitching.CallsWithoutChild);
        await run.AssertVersionsAsync(session.Tree);
    }
}
