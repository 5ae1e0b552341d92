using System.Net;
using AgentObs.Query;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Query;

public sealed class SessionProjectionTests
{
    [Fact]
    public async Task A_run_moves_into_its_session_when_the_parent_comes_late()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(2), TestIds.Uuid(1), TestIds.Noon, parent: TestIds.Span(1)));
        Assert.Equal($"{TestIds.Uuid(1)}", await IdsAsync(host));
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon - 5));
        Assert.Equal("s-1", await IdsAsync(host));
        var session = await host.GetAsync<SessionSummary>("/api/sessions/s-1");
        Assert.Equal((2, 1), (session.Spans, session.AgentRuns));
        var problem = await host.ProblemAsync($"/api/sessions/{TestIds.Uuid(1)}", HttpStatusCode.NotFound);
        Assert.Equal("s-1", problem.GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task A_session_that_becomes_part_of_another_leaves_the_list()
    {
        // outer > trace 1 > codex > trace 2 > inner claude; the link between the two traces comes last.
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "inner", TestIds.Noon, parent: TestIds.Span(8)),
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "outer", TestIds.Noon + 5));
        Assert.Equal("outer,inner", await IdsAsync(host));
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(4), "inner", TestIds.Noon + 6, parent: TestIds.Span(1)));
        Assert.Equal("outer", await IdsAsync(host));
        Assert.Equal([TestIds.Trace(1), TestIds.Trace(2)], (await host.GetAsync<SessionSummary>("/api/sessions/outer")).TraceIds);
    }

    [Fact]
    public async Task A_stray_is_in_one_session_also_when_a_better_one_comes_later()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(1), TestIds.Uuid(1), TestIds.Noon) with { Duration = 10 * TestIds.Second },
            SeedSpan.Stray(TestIds.Trace(9), TestIds.Span(1), TestIds.Noon + TestIds.Second));
        Assert.Equal(2, (await host.GetAsync<SessionSummary>($"/api/sessions/{TestIds.Uuid(1)}")).Spans);
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Codex(TestIds.Trace(2), TestIds.Span(1), TestIds.Uuid(2), TestIds.Noon + TestIds.Second - 10) with { Duration = TestIds.Second });
        var spans = (await host.GetAsync<SessionList>("/api/sessions")).Sessions.ToDictionary(session => session.Id, session => session.Spans);
        Assert.Equal(1, spans[TestIds.Uuid(1)]);
        Assert.Equal(2, spans[TestIds.Uuid(2)]);
        Assert.Equal(TestIds.Uuid(2), (await host.GetAsync<TraceList>("/api/traces")).Traces.Single(trace => trace.TraceId == TestIds.Trace(9)).SessionId);
    }

    [Fact]
    public async Task Strays_alone_make_no_session()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, SeedSpan.Stray(TestIds.Trace(1), TestIds.Span(1), TestIds.Noon));
        Assert.Equal("", await IdsAsync(host));
    }

    [Fact]
    public async Task The_same_rows_again_change_nothing()
    {
        await using var host = await QueryHost.StartAsync();
        SeedSpan[] spans =
        [
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon),
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(2), TestIds.Uuid(1), TestIds.Noon, parent: TestIds.Span(1)),
            SeedSpan.Stray(TestIds.Trace(2), TestIds.Span(1), TestIds.Noon),
        ];
        await Seed.SpansAsync(host.Store, spans);
        string[] paths = ["/api/sessions", "/api/sessions/s-1/tree?folded=false", "/api/traces", $"/api/traces/{TestIds.Trace(1)}"];

        // The list of traces does not wait long for their sessions.
        await host.GetAsync<SessionList>("/api/sessions");
        var before = await Task.WhenAll(paths.Select(host.TextAsync));
        await Seed.SpansAsync(host.Store, spans.Select(span => span with { ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(0).AddYears(100).ToUnixTimeMilliseconds() }));
        Assert.Equal(before, await Task.WhenAll(paths.Select(host.TextAsync)));
    }

    [Fact]
    public async Task A_new_process_goes_on_where_the_last_one_was()
    {
        await using var keeper = await QueryHost.StartAsync();
        await Seed.SpansAsync(keeper.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon));
        Assert.Equal("s-1", await IdsAsync(keeper));
        await Seed.SpansAsync(keeper.Store, SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s-2", TestIds.Noon + 1));
        Assert.Equal("s-2,s-1", await IdsAsync(keeper));
        Assert.True(await keeper.Services.GetRequiredService<SessionRowStore>().ProjectedToAsync(TestContext.Current.CancellationToken) > 0);

        // As if its projection had been lost: another process makes it anew.
        await using (var next = await QueryHost.StartAsync(keeper.Options))
        {
            await Seed.SpansAsync(next.Store, SeedSpan.Prompt(TestIds.Trace(3), TestIds.Span(1), "s-3", TestIds.Noon + 2));
            Assert.Equal("s-3,s-2,s-1", await IdsAsync(next));
        }

        await keeper.Store.ExecuteAsync(new AgentObs.Storage.SqlFile("lose", "TRUNCATE TABLE agentobs_session"), null, TestContext.Current.CancellationToken);
        await using var anew = await QueryHost.StartAsync(keeper.Options);
        Assert.Equal("s-3,s-2,s-1", await IdsAsync(anew));
    }

    [Fact]
    public async Task A_session_of_20000_spans_is_listed_and_shown_whole()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), "00000000000fffff", "s-1", TestIds.Noon - TestIds.Second) with { Duration = 100 * TestIds.Second },
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(1), TestIds.Uuid(1), TestIds.Noon - 5, parent: "00000000000fffff") with { Duration = 90 * TestIds.Second });
        await Seed.ManySpansAsync(host.Store, TestIds.Trace(1), TestIds.Noon, 20_000);
        Assert.Equal(20_002, Assert.Single((await host.GetAsync<SessionList>("/api/sessions")).Sessions).Spans);
        var folded = await host.GetAsync<SessionTree>("/api/sessions/s-1/tree");
        Assert.True(folded.Nodes.Count < 100);
        Assert.Equal(20_002, folded.Nodes.Sum(node => node.Folded.Spans + (node.SpanId is null || node.Placeholder ? 0 : 1)));
        var every = await host.GetAsync<SessionTree>("/api/sessions/s-1/tree?folded=false");
        Assert.True(every.Nodes.Count >= 20_002);
    }

    private static async Task<string> IdsAsync(QueryHost host) =>
        string.Join(',', (await host.GetAsync<SessionList>("/api/sessions")).Sessions.Select(session => session.Id));
}
