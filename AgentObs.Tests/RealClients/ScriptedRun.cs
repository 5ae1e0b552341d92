using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.RealClients;

/// <summary>
/// A scenario on a machine of its own: fake models, <c>agentobs serve</c> on its default ports (nobody else has them in this
/// network), a person's home. A test says how the clients come to send, and what the person types.
/// </summary>
internal sealed class ScriptedRun : IAsyncDisposable
{
    private readonly FakeModels models;

    private ScriptedRun(Scenario scenario, FakeModels models, Workplace place, AgentObsProcess serve) =>
        (Scenario, this.models, Place, Serve, Seen) = (scenario, models, place, serve, new Seen(serve.Http));

    public Scenario Scenario { get; }

    public Workplace Place { get; }

    public AgentObsProcess Serve { get; }

    public Seen Seen { get; }

    /// <param name="script">Of the file in <c>Scripts</c>.</param>
    public static async Task<ScriptedRun> StartAsync(string script)
    {
        Loopback.AssertAlone();
        var scenario = Scenario.Load(script);
        var models = await FakeModels.StartAsync(scenario);
        var place = await Workplace.SetUpAsync(models);
        var serve = await AgentObsProcess.StartAsync(Path.Combine(place.Home, ".local", "share", "agentobs"), new()
        {
            [Setting.WebUrl.Variable] = Setting.WebUrl.Default,
            [Setting.OtlpGrpcUrl.Variable] = Setting.OtlpGrpcUrl.Default,
            [Setting.OtlpHttpUrl.Variable] = Setting.OtlpHttpUrl.Default,
        });
        return new ScriptedRun(scenario, models, place, serve);
    }

    /// <summary>
    /// Runs the command to its end. The script that ends a run (<see cref="Scenario.Ends"/>) goes on when AgentObs shows that run as far as it has come:
    /// what it sent so far does not depend on the machine's speed.
    /// </summary>
    /// <returns>The one session that AgentObs has then.</returns>
    public async Task<ScriptedSession> RunAsync(string program, params string[] arguments)
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
                {program} {string.Join(' ', arguments)}: exit code {result.ExitCode}; '{Scenario.Ends}' was {(shown ? "" : "not ")}shown while it ran; {sessions.Count} sessions
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
        return new ScriptedSession(result, sessions[0], trees[0], await Seen.StitchingAsync(sessions[0].Id, ct));
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

    /// <summary>Its answers are counted, and where the last of them is a command, that call is shown.</summary>
    private static bool HasCome(SessionTree tree, ScriptedModel model) =>
        tree.Nodes.FirstOrDefault(node => node.Detail == model.Prompt && node.Kind is NodeKinds.AgentRun or NodeKinds.Turn) is { } run
        && run.TotalTokens == model.Cost
        && (model.Answers[^1].Runs is null || tree.Nodes.Any(node => node.Kind == NodeKinds.ToolCall && node.ConversationId == run.ConversationId));

    /// <returns>False where the command ended first.</returns>
    private async Task<bool> LetGoAsync(CancellationToken ct)
    {
        try
        {
            var ends = Scenario.Models.Single(model => model.Prompt == Scenario.Ends);
            if (ends.Answers[^1].Holds)
            {
                await models.Holding.WaitAsync(ct);
            }

            await Seen.UntilAsync(tree => HasCome(tree, ends), ct);
            await Place.LetGoAsync();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
