using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class SessionEndpointsTests
{
    [Fact]
    public async Task Every_filter_keeps_what_it_names()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon, "Fix the parser"),
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s-2", TestIds.Noon + TestIds.Second)
                .With(("session.id", "s-2"), ("user_prompt", "Write docs"), ("agentobs.task.id", "T-7")),
            SeedSpan.Codex(TestIds.Trace(3), TestIds.Span(1), TestIds.Uuid(1), TestIds.Noon + (2 * TestIds.Second)));
        Assert.Equal($"{TestIds.Uuid(1)},s-2,s-1", await IdsAsync(host, "?"));
        Assert.Equal("s-2,s-1", await IdsAsync(host, "?agent=claude-code"));
        Assert.Equal($"{TestIds.Uuid(1)}", await IdsAsync(host, "?agent=codex"));
        Assert.Equal("s-1", await IdsAsync(host, "?q=PARSER"));
        Assert.Equal("s-2", await IdsAsync(host, "?q=s-2"));
        Assert.Equal("s-2", await IdsAsync(host, "?task=T-7"));
        Assert.Equal("", await IdsAsync(host, "?task=T"));
        Assert.Equal("s-2,s-1", await IdsAsync(host, "?to=2026-11-22T12:00:01Z"));
        Assert.Equal($"{TestIds.Uuid(1)}", await IdsAsync(host, "?from=2026-11-22T12:00:02Z"));
        Assert.Equal("s-2", await IdsAsync(host, "?from=2026-11-22T12:00:00.5Z&to=2026-11-22T12:00:01.5Z"));
        Assert.Equal("", await IdsAsync(host, "?state=waiting"));
    }

    [Fact]
    public async Task Pages_have_no_gaps_and_no_doubles_also_at_equal_times()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, Enumerable.Range(1, 13).Select(n => SeedSpan.Prompt(TestIds.Trace(n), TestIds.Span(1), $"s-{n}", TestIds.Noon + (n / 5))));
        foreach (var limit in (int[])[1, 4, 13])
        {
            var found = await host.PagesAsync<SessionList, SessionSummary>($"/api/sessions?limit={limit}", page => (page.Sessions, page.NextCursor));
            Assert.Equal(
                Enumerable.Range(1, 13).OrderByDescending(n => n / 5).ThenByDescending(n => $"s-{n}", StringComparer.Ordinal).Select(n => $"s-{n}"),
                found.Select(session => session.Id));
        }
    }

    [Fact]
    public async Task List_session_and_tree_say_the_same()
    {
        await using var host = await QueryHost.StartAsync();
        await SeedNestedAsync(host);
        var listed = Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions);
        var tree = await host.GetAsync<SessionTree>("/api/sessions/s-1/tree");
        Assert.Equivalent(listed, await host.GetAsync<SessionSummary>("/api/sessions/s-1"), strict: true);
        Assert.Equivalent(listed, tree.Session, strict: true);
        Assert.Equal(listed.Spans, tree.Nodes.Sum(node => node.Folded.Spans + (node.SpanId is null || node.Placeholder ? 0 : 1)));
        var every = await host.GetAsync<SessionTree>("/api/sessions/s-1/tree?folded=false");
        Assert.Equivalent(listed, every.Session, strict: true);
        var seen = new HashSet<string>();
        Assert.All(every.Nodes, node => Assert.True((node.ParentId is null || seen.Contains(node.ParentId)) && seen.Add(node.Id)));
    }

    [Theory]
    [InlineData("host/7")]
    [InlineData("a%2Fb")]
    [InlineData("../etc/%25 ?#\n")]
    [InlineData("<i>\"'</i>/é😀")]
    public async Task Any_id_opens_and_deletes_its_session(string id)
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), id, TestIds.Noon));
        var path = "/api/sessions/" + Uri.EscapeDataString(id);
        Assert.Equal(id, (await host.GetAsync<SessionSummary>(path)).Id);
        Assert.Equal(id, (await host.GetAsync<SessionTree>(path + "/tree?folded=false")).Session.Id);
        using var deleted = await host.Http.DeleteAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    [Fact]
    public async Task A_nested_runs_id_names_the_session_it_belongs_to()
    {
        await using var host = await QueryHost.StartAsync();
        await SeedNestedAsync(host);
        foreach (var path in (string[])["", "/tree"])
        {
            var problem = await host.ProblemAsync($"/api/sessions/{TestIds.Uuid(1)}{path}", HttpStatusCode.NotFound);
            Assert.Equal("s-1", problem.GetProperty("sessionId").GetString());
            problem = await host.ProblemAsync($"/api/sessions/nobody{path}", HttpStatusCode.NotFound);
            Assert.False(problem.TryGetProperty("sessionId", out _));
        }

        var deletion = await host.ProblemAsync($"/api/sessions/{TestIds.Uuid(1)}", HttpStatusCode.NotFound, HttpMethod.Delete);
        Assert.Equal("s-1", deletion.GetProperty("sessionId").GetString());
    }

    [Theory]
    [InlineData("?limit=501", "limit")]
    [InlineData("?state=asleep", "state")]
    [InlineData("?from=1", "from")]
    [InlineData("?from=2026-11-22&to=2026-11-21", "to")]
    [InlineData("?cursor=!", "cursor")]
    [InlineData("/s-1/tree?folded=perhaps", "folded")]
    public async Task A_bad_parameter_is_400_and_named(string path, string field)
    {
        await using var host = await QueryHost.StartAsync();
        Assert.Equal(field, (await host.ProblemAsync("/api/sessions" + path, HttpStatusCode.BadRequest)).GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_deleted_session_is_gone_and_the_same_telemetry_can_come_again()
    {
        await using var host = await QueryHost.StartAsync();
        await SeedNestedAsync(host);
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(7), TestIds.Span(1), "s-other", TestIds.Noon));
        var before = await host.TextAsync("/api/sessions/s-1");
        for (var round = 0; round < 2; round++)
        {
            using var deleted = await host.Http.DeleteAsync("/api/sessions/s-1", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
            Assert.Equal("s-other", await IdsAsync(host, "?"));
            await host.ProblemAsync("/api/sessions/s-1", HttpStatusCode.NotFound);
            await host.ProblemAsync($"/api/sessions/{TestIds.Uuid(1)}", HttpStatusCode.NotFound);
            await host.ProblemAsync($"/api/traces/{TestIds.Trace(1)}", HttpStatusCode.NotFound);
            await host.ProblemAsync($"/api/traces/{TestIds.Trace(2)}", HttpStatusCode.NotFound);
            Assert.Empty((await host.GetAsync<LogList>("/api/logs")).Logs);
            Assert.Single((await host.GetAsync<TraceList>("/api/traces")).Traces);

            await SeedNestedAsync(host);
            Assert.Equal(before, await host.TextAsync("/api/sessions/s-1"));
        }
    }

    /// <summary>A Claude prompt that started a codex, with a log record and a stray runtime trace.</summary>
    private static async Task SeedNestedAsync(QueryHost host)
    {
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon) with { Duration = 3 * TestIds.Second },
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(2), TestIds.Uuid(1), TestIds.Noon + 10, parent: TestIds.Span(1)) with { Duration = TestIds.Second },
            SeedSpan.Stray(TestIds.Trace(2), TestIds.Span(1), TestIds.Noon + 20));
        await Seed.LogsAsync(host.Store, new SeedLog(TestIds.Noon + 5, "api_request") { Session = "s-1", TraceId = TestIds.Trace(1), SpanId = TestIds.Span(1) });
    }

    private static async Task<string> IdsAsync(QueryHost host, string query) =>
        string.Join(',', (await host.GetAsync<SessionList>("/api/sessions" + query)).Sessions.Select(session => session.Id));
}
