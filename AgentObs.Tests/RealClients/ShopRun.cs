using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.RealClients;

/// <summary>
/// The scenario <c>Scripts/shop.json</c> on a machine of its own: fake models, <c>agentobs serve</c> on its default ports (nobody else has them in this
/// network), a person's home. A test says how the clients come to send, and what the person types.
/// </summary>
internal sealed class ShopRun : IAsyncDisposable
{
    /// <summary>The prompt of the run that is stopped while its model answers.</summary>
    public const string Stopped = "Build the receipt.";

    /// <summary>The prompt of the run that its model refuses.</summary>
    public const string Refused = "Build the payment.";

    private readonly FakeModels models;

    private ShopRun(Scenario scenario, FakeModels models, Workplace place, AgentObsProcess serve) =>
        (Scenario, this.models, Place, Serve, Seen) = (scenario, models, place, serve, new Seen(serve.Http));

    public Scenario Scenario { get; }

    public Workplace Place { get; }

    public AgentObsProcess Serve { get; }

    public Seen Seen { get; }

    public static async Task<ShopRun> StartAsync()
    {
        Loopback.AssertAlone();
        var scenario = Scenario.Load("shop");
        var models = await FakeModels.StartAsync(scenario);
        var place = await Workplace.SetUpAsync(models);
        var serve = await AgentObsProcess.StartAsync(Path.Combine(place.Home, ".local", "share", "agentobs"), new()
        {
            [Setting.WebUrl.Variable] = Setting.WebUrl.Default,
            [Setting.OtlpGrpcUrl.Variable] = Setting.OtlpGrpcUrl.Default,
            [Setting.OtlpHttpUrl.Variable] = Setting.OtlpHttpUrl.Default,
        });
        return new ShopRun(scenario, models, place, serve);
    }

    /// <summary>
    /// Runs the command to its end. The script that stops a run goes on when that run's model has begun to answer and AgentObs shows it:
    /// what it sent so far does not depend on the machine's speed.
    /// </summary>
    /// <returns>The one session that AgentObs has then.</returns>
    public async Task<ShopSession> RunAsync(string program, params string[] arguments)
    {
        var ct = TestContext.Current.CancellationToken;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var letGo = LetGoAsync(end.Token);
        var result = await BoundedProcess.RunAsync(program, arguments, Place.Environment, Place.Project);
        await end.CancelAsync();
        var shown = await letGo;
        var sessions = await Seen.SessionsAsync(ct);
        var trees = await Task.WhenAll(sessions.Select(session => Seen.TreeAsync(session.Id, ct)));
        if (result.ExitCode != 0 || !shown || sessions.Count != 1 || !models.Unscripted.IsEmpty)
        {
            Assert.Fail($"""
                {program} {string.Join(' ', arguments)}: exit code {result.ExitCode}; '{Stopped}' was {(shown ? "" : "not ")}shown while it ran; {sessions.Count} sessions
                {result.Output}{result.Error}
                {Place.Logs}
                asked:
                {string.Join('\n', models.Asked)}
                {string.Join('\n', models.Unscripted)}
                {string.Join('\n', trees.Select(TreeText.Of))}
                {Serve.ErrorText}
                """);
        }

        Assert.Equal(Scenario.Models.SelectMany(model => model.Answers.Select((_, turn) => ModelRequest.Line(model, turn))).Order(), models.Asked.Order());
        return new ShopSession(result, sessions[0], trees[0], await Seen.StitchingAsync(sessions[0].Id, ct));
    }

    /// <summary>
    /// What comes of settings alone, without the launcher. Nobody tells who started the grandchildren but the command they were started with, so they
    /// are inferred. A codex that is refused sends nothing or a record without its prompt, one that is stopped what its timers had sent: neither is in
    /// the expected text.
    /// </summary>
    public async Task AssertConfiguredAsync(ShopSession session)
    {
        var bash = Assert.Single(session.Tree.Nodes, node => node.Name == "Bash" && node.Detail!.Contains(Stopped, StringComparison.Ordinal));
        Assert.Equal(bash.Id, session.Run(Stopped).ParentId);
        TreeText.AssertIs("configured", session.Without(node =>
            node.Kind == NodeKinds.Span || (node.Kind == NodeKinds.AgentRun && node.Detail is null or Refused or Stopped)));
        Assert.Equal(Scenario.Cost, session.Summary.Tokens);
        Assert.Equal((SessionStates.Done, "claude-code"), (session.Summary.State, session.Summary.Agent));
        await AssertVersionsAsync(session.Tree);
    }

    /// <summary>That the programs which sent are those of the lock file: each client's spans say its version.</summary>
    public async Task AssertVersionsAsync(SessionTree tree)
    {
        foreach (var (agent, version) in ((string, string)[])[("claude-code", RealClients.ClaudeVersion), ("codex", RealClients.CodexVersion)])
        {
            var nodes = tree.Nodes.Where(node => node.Kind == NodeKinds.ToolCall && node.Agent == agent).ToList();
            Assert.NotEmpty(nodes);
            foreach (var node in nodes)
            {
                var span = await Seen.SpanAsync(node, TestContext.Current.CancellationToken);
                Assert.Equal(version, span.Resource["service.version"]);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Serve.DisposeAsync();
        await models.DisposeAsync();
        await Place.DisposeAsync();
    }

    /// <returns>False where the command ended first.</returns>
    private async Task<bool> LetGoAsync(CancellationToken ct)
    {
        try
        {
            await models.Holding.WaitAsync(ct);
            await Seen.UntilRunAsync(Stopped, ct);
            await Place.LetGoAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
