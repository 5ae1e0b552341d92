using System.Net;
using AgentObs.Query;
using AgentObs.Tests.Ingest;

namespace AgentObs.Tests.Query;

/// <summary>Recorded telemetry of real agents through the real way: OTLP in, engine, API out.</summary>
public sealed class ReplayTests
{
    private const string Scenario = "claude-codex3";

    public static TheoryData<string> Scenarios => [.. RecordedRequest.Scenarios()];

    [Fact]
    public async Task Three_codex_runs_are_inside_the_bash_call_that_started_them()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(Scenario);
        var session = Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Equal(("claude-code", 3, 1, 1719), (session.Agent, session.AgentRuns, session.Turns, session.Spans));
        Assert.Equal(new TokenCounts(10210, 7500, 3000, 400, 75), session.Tokens);
        Assert.Equal(36, session.TraceIds.Count);
        var tree = await host.GetAsync<SessionTree>($"/api/sessions/{session.Id}/tree");
        var runs = tree.Nodes.Where(node => node.Kind == NodeKinds.AgentRun).ToList();
        Assert.Equal(3, runs.Count);
        Assert.Equal("Bash", tree.Nodes.Single(node => node.Id == Assert.Single(runs.Select(run => run.ParentId).Distinct())).Name);
        Assert.Equal(1719, tree.Nodes.Sum(node => node.Folded.Spans + (node.SpanId is null || node.Placeholder ? 0 : 1)));
    }

    [Fact]
    public async Task A_second_replay_changes_nothing_that_a_reader_sees()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(Scenario);
        var before = await ReadAllAsync(host);
        await host.ReplayAsync(Scenario);
        Assert.Equal(before, await ReadAllAsync(host));
    }

    [Fact]
    public async Task Replay_delete_replay_gives_the_same_again()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(Scenario);
        var before = await ReadAllAsync(host);
        var session = (await host.GetAsync<SessionList>("/api/sessions")).Sessions[0].Id;
        using (var deleted = await host.Http.DeleteAsync($"/api/sessions/{session}", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        }

        Assert.Empty((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        Assert.Empty((await host.GetAsync<TraceList>("/api/traces")).Traces);
        Assert.DoesNotContain((await host.GetAsync<LogList>("/api/logs?limit=500")).Logs, record => record.RunId is not null);
        await host.ReplayAsync(Scenario);
        Assert.Equal(before, await ReadAllAsync(host));
    }

    [Fact]
    public async Task The_order_of_the_requests_is_nothing()
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(Scenario, request => request.Signal == "logs");
        await host.GetAsync<SessionList>("/api/sessions");
        await host.ReplayAsync(Scenario, request => request.Signal != "logs");
        var late = await ReadAllAsync(host);
        await using var other = await ReplayHost.StartAsync();
        await other.ReplayAsync(Scenario);
        Assert.Equal(await ReadAllAsync(other), late);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Every_scenario_shows_every_span_once(string scenario)
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync(scenario);
        var sessions = (await host.GetAsync<SessionList>("/api/sessions")).Sessions;
        var traces = await host.PagesAsync<TraceList, TraceSummary>("/api/traces?limit=500", page => (page.Traces, page.NextCursor));
        Assert.Equal(RecordedRequest.Of(scenario).Where(request => request.Signal == "traces").Sum(request => request.Items), traces.Sum(trace => trace.Spans));
        foreach (var session in sessions)
        {
            var tree = await host.GetAsync<SessionTree>($"/api/sessions/{Uri.EscapeDataString(session.Id)}/tree");
            Assert.Equivalent(session, tree.Session with { State = session.State }, strict: true);
            Assert.Equal(session.Spans, tree.Nodes.Sum(node => node.Folded.Spans + (node.SpanId is null || node.Placeholder ? 0 : 1)));
            Assert.Equal(session.Spans, traces.Where(trace => session.TraceIds.Contains(trace.TraceId)).Sum(trace => trace.Spans));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("; ", sessions.Select(session => $"{session.Agent} {session.Spans} spans {session.AgentRuns} runs"))
            + $"; outside sessions: {string.Join(", ", traces.Where(trace => trace.SessionId is null).Select(trace => trace.Name))}");
    }

    /// <summary>All that the API shows but times of receipt and what follows from them.</summary>
    private static async Task<string> ReadAllAsync(QueryHost host)
    {
        var texts = new List<string>();
        foreach (var session in (await host.GetAsync<SessionList>("/api/sessions")).Sessions)
        {
            texts.Add(await host.TextAsync($"/api/sessions/{session.Id}"));
            texts.Add(await host.TextAsync($"/api/sessions/{session.Id}/tree"));
        }

        texts.Add(await host.TextAsync("/api/traces?limit=500"));
        texts.AddRange((await host.GetAsync<LogList>("/api/logs?limit=500")).Logs.Select(record => record.Id));
        return string.Join('\n', texts);
    }
}
