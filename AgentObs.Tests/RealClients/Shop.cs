using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>The scenario <c>Scripts/shop.json</c>.</summary>
internal static class Shop
{
    /// <summary>The prompt of the run that is stopped while its model answers.</summary>
    public const string Stopped = "Build the receipt.";

    /// <summary>The prompt of the run that its model refuses.</summary>
    public const string Refused = "Build the payment.";

    /// <summary>
    /// What comes of settings alone, without the launcher. Nobody tells who started the grandchildren but the command they were started with, so they
    /// are inferred. A codex that is refused sends nothing or a record without its prompt, one that is stopped what its timers had sent: neither is in
    /// the expected text.
    /// </summary>
    public static async Task AssertConfiguredAsync(ScriptedRun run, ScriptedSession session)
    {
        var bash = Assert.Single(session.Tree.Nodes, node => node.Name == "Bash" && node.Detail!.Contains(Stopped, StringComparison.Ordinal));
        Assert.Equal(bash.Id, session.Run(Stopped).ParentId);
        TreeText.AssertIs("configured", session.Without(node =>
            node.Kind == NodeKinds.Span || (node.Kind == NodeKinds.AgentRun && node.Detail is null or Refused or Stopped)));
        Assert.Equal(run.Scenario.Cost, session.Summary.Tokens);
        Assert.Equal((SessionStates.Done, "claude-code"), (session.Summary.State, session.Summary.Agent));
        await run.AssertVersionsAsync(session.Tree);
    }
}
