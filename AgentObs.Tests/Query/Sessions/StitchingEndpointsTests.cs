using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What the tree decides shows in every answer: the session's id, what belongs to it, what is unproven, its tasks.</summary>
public sealed class StitchingEndpointsTests
{
    private const string CodexRun = "01a20469-8378-74a2-9af9-b6b22e188c17";
    private const string ClaudeInCodex = "2c4b497c-55f9-418a-9f84-97cea11ea4c7";

    [Fact]
    public async Task Claude_started_by_codex_belongs_to_the_codex_session()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync("codex-claude");
        var session = Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Equal((CodexRun, "codex", 2), (session.Id, session.Agent, session.AgentRuns));
        Assert.Equal(CodexRun, (await host.GetAsync<SessionTree>($"/api/sessions/{CodexRun}/tree")).Session.Id);
        Assert.Equal(CodexRun, (await host.ProblemAsync($"/api/sessions/{ClaudeInCodex}", HttpStatusCode.NotFound)).GetProperty("sessionId").GetString());
        Assert.Equal(CodexRun, (await host.ProblemAsync($"/api/sessions/{ClaudeInCodex}/tree", HttpStatusCode.NotFound)).GetProperty("sessionId").GetString());

        var stitching = await host.GetAsync<StitchingReport>($"/api/sessions/{CodexRun}/stitching");
        Assert.Equal(CodexRun, stitching.SessionId);
        Assert.Contains("claude-code", Assert.Single(stitching.InferredEdges).Name, StringComparison.Ordinal);
        Assert.NotEmpty(stitching.MissingParents);

        using var deleted = await host.Http.DeleteAsync($"/api/sessions/{CodexRun}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Empty((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
    }

    [Theory]
    [InlineData("claude-copilot")]
    [InlineData("claude-copilot-bashenv")]
    public async Task An_agent_that_continues_no_trace_is_listed_inside_its_callers_session(string scenario)
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(scenario);
        var sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        for (var round = 0; round < 10 && sessions.Count > 1; round++)
        {
            // An inferred join is made by one pass of the projector and shown by the next.
            sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        }

        var session = Assert.Single(sessions);
        Assert.Equal(("claude-code", 1), (session.Agent, session.AgentRuns));
        Assert.Equal(5010, session.Tokens.Input);
    }

    /// <summary>Its telemetry has its caller's session id: only the tree knows it.</summary>
    [Fact]
    public async Task A_subagents_id_names_the_session_it_belongs_to()
    {
        const string subagent = "aaa25dfdcc0cb954c";
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync("claude-subagent");
        foreach (var (path, method) in ((string, HttpMethod)[])[("", HttpMethod.Get), ("/tree", HttpMethod.Get), ("/stitching", HttpMethod.Get), ("", HttpMethod.Delete)])
        {
            var problem = await host.ProblemAsync($"/api/sessions/{subagent}{path}", HttpStatusCode.NotFound, method);
            Assert.Equal("99a97d9b-5fea-4883-92a4-422689f94572", problem.GetProperty("sessionId").GetString());
        }
    }

    /// <summary>A trace that log records alone carry has no page.</summary>
    [Theory]
    [InlineData("claude-inbound-unsampled", 0)]
    [InlineData("codex-inbound-unsampled", 12)]
    public async Task A_session_names_traces_that_have_spans(string scenario, int traces)
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(scenario);
        var session = Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Equal(traces, session.TraceIds.Count);
        foreach (var trace in session.TraceIds)
        {
            Assert.NotEmpty((await host.GetAsync<TraceDetail>($"/api/traces/{trace}")).Spans);
        }
    }

    [Fact]
    public async Task A_program_is_a_session_when_an_agent_works_in_it()
    {
        await using var host = await QueryHost.StartAsync();
        var shop = new SeedSpan(TestIds.Trace(1), TestIds.Span(1), "GET /cart", TestIds.Noon) { Service = "shop", Scope = "http" };
        await Seed.SpansAsync(host.Store, shop, shop with { TraceId = TestIds.Trace(2), SpanId = TestIds.Span(2) });
        Assert.Empty((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Equal([null, null], (await host.GetAsync<TraceList>("/api/traces")).Traces.Select(trace => trace.SessionId));
        await host.ProblemAsync($"/api/sessions/trace:{TestIds.Trace(1)}", HttpStatusCode.NotFound);
        await Seed.SpansAsync(
            host.Store,
            (shop with { SpanId = TestIds.Span(3), Parent = TestIds.Span(1), Name = "chat gpt-5.5" }).With(("gen_ai.operation.name", "chat"), ("gen_ai.usage.input_tokens", "5")),
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(4), "s-1", TestIds.Noon + 5, parent: TestIds.Span(2)));
        var sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        Assert.Equal([$"trace:{TestIds.Trace(1)}", $"trace:{TestIds.Trace(2)}"], sessions.Select(session => session.Id).Order(StringComparer.Ordinal));
        Assert.All(sessions, session => Assert.Equal(("sdk", 2), (session.Agent, session.Spans)));
    }
}
