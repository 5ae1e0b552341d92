using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class TraceEndpointsTests
{
    [Fact]
    public async Task Every_filter_keeps_what_it_names()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon, "fix the Parser"),
            new SeedSpan(TestIds.Trace(1), TestIds.Span(2), "claude_code.tool.execution", TestIds.Noon + 5) { Parent = TestIds.Span(1), Status = "Error" },
            SeedSpan.Stray(TestIds.Trace(2), TestIds.Span(1), TestIds.Noon + TestIds.Second),
            SeedSpan.Codex(TestIds.Trace(3), TestIds.Span(1), TestIds.Uuid(1), TestIds.Noon + (2 * TestIds.Second)));
        Assert.Equal("3,2,1", await IdsAsync(host, "?"));
        Assert.Equal("1", await IdsAsync(host, "?service=claude-code"));
        Assert.Equal("1", await IdsAsync(host, "?errors=true"));
        Assert.Equal("1", await IdsAsync(host, "?q=PARSER"));
        Assert.Equal("2", await IdsAsync(host, "?q=auth"));
        Assert.Equal("2", await IdsAsync(host, $"?q={TestIds.Trace(2).ToUpperInvariant()}"));
        Assert.Equal("", await IdsAsync(host, "?q=%25"));
        Assert.Equal("3,2", await IdsAsync(host, "?from=2026-11-22T12:00:01Z"));
        Assert.Equal("2,1", await IdsAsync(host, "?to=2026-11-22T12:00:01Z"));
        Assert.Equal("2", await IdsAsync(host, "?from=2026-11-22T12:00:00.5Z&to=2026-11-22T12:00:01.5Z&service=codex_exec"));

        var first = (await host.GetAsync<TraceList>("/api/traces?q=parser")).Traces[0];
        Assert.Equal(("claude_code.interaction", 2, 1), (first.Name, first.Spans, first.Errors));
        Assert.Equal(["claude-code"], first.Services);
        Assert.Equal(TestIds.Noon, first.Start.Value);
        Assert.Equal(1_000_005, first.DurationNano);
    }

    [Fact]
    public async Task Pages_have_no_gaps_and_no_doubles_also_at_equal_times()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, Enumerable.Range(1, 23).Select(n => SeedSpan.Stray(TestIds.Trace(n), TestIds.Span(1), TestIds.Noon + (n / 5))));
        foreach (var limit in (int[])[1, 4, 22, 23, 500])
        {
            var ids = (await host.PagesAsync<TraceList, TraceSummary>($"/api/traces?limit={limit}", page => (page.Traces, page.NextCursor)))
                .ConvertAll(trace => trace.TraceId);
            Assert.Equal(Enumerable.Range(1, 23).OrderByDescending(n => n / 5).ThenByDescending(TestIds.Trace, StringComparer.Ordinal).Select(TestIds.Trace), ids);
        }
    }

    [Fact]
    public async Task A_span_that_was_sent_again_shows_once_also_with_other_times()
    {
        await using var host = await QueryHost.StartAsync();
        var span = SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon);
        await Seed.SpansAsync(host.Store, span);
        await Seed.SpansAsync(host.Store, span with { Duration = 2 });
        await Seed.SpansAsync(host.Store, span with { Start = TestIds.Noon + TestIds.Second });
        Assert.Equal(1, (await host.GetAsync<TraceList>("/api/traces")).Traces[0].Spans);
        Assert.Single((await host.GetAsync<TraceDetail>($"/api/traces/{TestIds.Trace(1)}")).Spans);
        Assert.Equal(1, (await host.GetAsync<SessionSummary>("/api/sessions/s-1")).Spans);
    }

    [Fact]
    public async Task A_trace_has_every_span_by_start_with_its_log_records()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.ManySpansAsync(host.Store, TestIds.Trace(1), TestIds.Noon, 3000);
        await Seed.LogsAsync(host.Store, new SeedLog(TestIds.Noon, "a") { TraceId = TestIds.Trace(1), SpanId = TestIds.Span(2) });
        var trace = await host.GetAsync<TraceDetail>($"/api/traces/{TestIds.Trace(1)}");
        Assert.Equal(3000, trace.Spans.Count);
        Assert.Equal(trace.Spans.Select(span => span.Start).Order(), trace.Spans.Select(span => span.Start));
        Assert.Equal("a", Assert.Single(trace.Spans.Single(span => span.SpanId == TestIds.Span(2)).Logs).Event);
    }

    [Theory]
    [InlineData("?limit=501", "limit")]
    [InlineData("?from=noon", "from")]
    [InlineData("?to=noon", "to")]
    [InlineData("?cursor=xyz", "cursor")]
    [InlineData("?errors=maybe", "errors")]
    [InlineData("/xyz", "traceId")]
    [InlineData("/00000000000000000000000000000000", "traceId")]
    public async Task A_bad_parameter_is_400_and_named(string path, string field)
    {
        await using var host = await QueryHost.StartAsync();
        Assert.Equal(field, (await host.ProblemAsync("/api/traces" + path, HttpStatusCode.BadRequest)).GetProperty("field").GetString());
    }

    [Fact]
    public async Task What_is_not_there_is_404()
    {
        await using var host = await QueryHost.StartAsync();
        await host.ProblemAsync($"/api/traces/{TestIds.Trace(1)}", HttpStatusCode.NotFound);
        await host.ProblemAsync("/api/no/such/route", HttpStatusCode.NotFound);
        await host.ProblemAsync("/api/traces", HttpStatusCode.MethodNotAllowed, HttpMethod.Delete);
    }

    private static async Task<string> IdsAsync(QueryHost host, string query) =>
        string.Join(',', (await host.GetAsync<TraceList>("/api/traces" + query)).Traces.Select(trace => Convert.ToInt32(trace.TraceId[24..], 16)));
}
