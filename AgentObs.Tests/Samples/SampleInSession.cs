using System.Net.Http.Json;
using AgentObs.Query;
using AgentObs.Tests.Cli;
using AgentObs.Tests.RealClients;

namespace AgentObs.Tests.Samples;

/// <summary>
/// A sample as Claude's Bash starts it: the recorded session <c>claude-bash</c> is stored, and TRACEPARENT names the span of its command, as Claude Code
/// sets it for the commands it runs.
/// </summary>
internal sealed class SampleInSession : IAsyncDisposable
{
    private readonly AgentObsProcess serve;
    private readonly Seen seen;
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("agentobs-sample-");
    private readonly SessionSummary before;
    private readonly SpanDetail command;

    private SampleInSession(AgentObsProcess serve, Seen seen, FakeResponses api, SessionSummary before, SpanDetail command)
    {
        (this.serve, this.seen, Api, this.before, this.command) = (serve, seen, api, before, command);
        Environment = new Dictionary<string, string>
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH")!,
            ["HOME"] = home.FullName,
            ["DOTNET_ROOT"] = System.Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
            ["AGENTOBS_DATA"] = serve.DataFolder,
            ["OPENAI_API_KEY"] = "sk-sample-not-a-key",
            ["OPENAI_BASE_URL"] = api.Address,
            ["TRACEPARENT"] = $"00-{command.TraceId}-{command.SpanId}-01",
        };
    }

    public FakeResponses Api { get; }

    public Dictionary<string, string> Environment { get; }

    public static async Task<SampleInSession> BeginAsync(AgentObsProcess serve)
    {
        var replayed = await AgentObsProgram.RunAsync(
            ["replay", Path.Combine(AgentObsProgram.Root, "recordings", "claude-bash"), "--now"], serve.ClientEnvironment);
        Assert.Equal(0, replayed.ExitCode);
        var seen = new Seen(serve.Http);
        var session = (await seen.SessionsAsync(Ct)).MaxBy(one => one.Start.Value)!;
        var bash = (await seen.TreeAsync(session.Id, Ct)).Nodes.First(node => node is { Kind: NodeKinds.ToolCall, Name: "Bash" });
        var trace = await serve.Http.GetFromJsonAsync<TraceDetail>(new Uri($"/api/traces/{bash.TraceId}", UriKind.Relative), QueryJson.Options, Ct);
        var command = trace!.Spans.First(span => span.Name == "claude_code.tool.execution" && span.ParentSpanId == bash.SpanId);
        return new SampleInSession(serve, seen, await FakeResponses.StartAsync(), session, command);
    }

    public Task<CommandResult> RunAsync(string program, params string[] arguments) => BoundedProcess.RunAsync(program, arguments, Environment, home.FullName);

    /// <summary>The session after the sample ran in it, once it was seen that nothing else came to be.</summary>
    public async Task<SessionTree> TreeAsync()
    {
        var sessions = await seen.SessionsAsync(Ct);
        Assert.DoesNotContain(sessions, one => one.Id.Contains(command.TraceId, StringComparison.Ordinal));
        return await seen.TreeAsync(before.Id, Ct);
    }

    public Task<SpanDetail> SpanAsync(TreeNode node) => seen.SpanAsync(node, Ct);

    /// <summary>The model call of the sample is below the command, with the model and the tokens of the answer; the session's sum has them once.</summary>
    /// <param name="cost">What the sample's instrumentation tells of <see cref="FakeResponses.Cost"/>.</param>
    public async Task<TreeNode> AssertCalledAsync(TokenCounts cost)
    {
        var tree = await TreeAsync();
        var call = Assert.Single(tree.Nodes, node => node.Kind == NodeKinds.ModelCall && node.Name == FakeResponses.Model);
        Assert.Equal(cost, call.Tokens);
        Assert.Equal(before.Tokens + cost, tree.Session.Tokens);
        Assert.Contains(AncestorsOf(call, tree), node => node is { Kind: NodeKinds.ToolCall, Name: "Bash" });
        return call;
    }

    public static IEnumerable<TreeNode> AncestorsOf(TreeNode node, SessionTree tree)
    {
        for (var parent = Parent(node); parent is not null; parent = Parent(parent))
        {
            yield return parent;
        }

        TreeNode? Parent(TreeNode of) => tree.Nodes.FirstOrDefault(one => one.Id == of.ParentId);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        home.Delete(recursive: true);
        using var deleted = await serve.Http.DeleteAsync(new Uri($"/api/sessions/{before.Id}", UriKind.Relative), CancellationToken.None);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
