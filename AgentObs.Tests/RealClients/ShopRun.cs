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
        var result = await Place.RunAsync(program, arguments);
        await end.CancelAsync();
        await letGo;
        Assert.True(models.Unscripted.IsEmpty, string.Join('\n', models.Unscripted));
        Assert.Equal(Scenario.Models.SelectMany(model => model.Answers.Select((_, turn) => ModelRequest.Line(model, turn))).Order(), models.Asked.Order());
        var sessions = await Seen.SessionsAsync(ct);
        var session = Assert.Single(sessions);
        return new ShopSession(result, session, await Seen.TreeAsync(session.Id, ct), await Seen.StitchingAsync(session.Id, ct));
    }

    /// <summary>That the programs which sent are those of the lock file: each client's spans say its version.</summary>
    public async Task AssertVersionsAsync(SessionTree tree)
    {
        foreach (var (agent, kind, version) in new[] { ("claude-code", NodeKinds.ToolCall, RealClients.ClaudeVersion), ("codex", NodeKinds.ToolCall, RealClients.CodexVersion) })
        {
            var nodes = tree.Nodes.Where(node => node.Kind == kind && node.Agent == agent).ToList();
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

    private async Task LetGoAsync(CancellationToken ct)
    {
        try
        {
            await models.Holding.WaitAsync(ct);
            await Seen.UntilRunAsync(Stopped, ct);
            await Place.LetGoAsync();
        }
        catch (OperationCanceledException)
        {
            // The command ended without it: what it says is the test's failure.
        }
    }
}
