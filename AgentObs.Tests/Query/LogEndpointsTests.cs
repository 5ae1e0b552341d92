using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class LogEndpointsTests
{
    [Fact]
    public async Task Every_filter_keeps_what_it_names()
    {
        await using var host = await QueryHost.StartAsync();
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s-1", TestIds.Noon));
        await Seed.LogsAsync(
            host.Store,
            new SeedLog(TestIds.Noon, "a") { Session = "s-1", Severity = 9, TraceId = TestIds.Trace(1), SpanId = TestIds.Span(1) },
            new SeedLog(TestIds.Noon + 1, "b") { TraceId = TestIds.Trace(1), Severity = 17, Body = "Boom" },
            new SeedLog(TestIds.Noon + 2, "c") { Session = "s-2", Note = "100% boom" },
            new SeedLog(TestIds.Noon + 3, "d") { Session = "s-1" });
        Assert.Equal("d,c,b,a", await EventsAsync(host, "?"));
        Assert.Equal("d,b,a", await EventsAsync(host, "?session=s-1"));
        Assert.Equal("c", await EventsAsync(host, "?session=s-2"));
        Assert.Equal("", await EventsAsync(host, "?session=none"));
        Assert.Equal("b,a", await EventsAsync(host, $"?trace={TestIds.Trace(1)}"));
        Assert.Equal("a", await EventsAsync(host, $"?span={TestIds.Span(1)}"));
        Assert.Equal("c", await EventsAsync(host, "?event=c"));
        Assert.Equal("b,a", await EventsAsync(host, "?severity=info"));
        Assert.Equal("b", await EventsAsync(host, "?severity=ERROR"));
        Assert.Equal("c,b", await EventsAsync(host, "?q=bOOm"));
        Assert.Equal("c", await EventsAsync(host, "?q=100%25"));
        Assert.Equal("d,c", await EventsAsync(host, "?from=2026-11-22T12:00:00.000000002Z"));
        Assert.Equal("b,a", await EventsAsync(host, "?to=2026-11-22T12:00:00.000000001Z"));
    }

    [Fact]
    public async Task Pages_have_no_gaps_and_no_doubles_also_at_equal_times_and_after_a_retry()
    {
        await using var host = await QueryHost.StartAsync();
        var logs = Enumerable.Range(1, 23).Select(n => new SeedLog(TestIds.Noon + (n / 6), $"e{n}")).ToArray();
        await Seed.LogsAsync(host.Store, logs);
        await Seed.LogsAsync(host.Store, logs[3..9]);
        foreach (var limit in (int[])[1, 5, 22, 23, 500])
        {
            var found = await host.PagesAsync<LogList, LogRecord>($"/api/logs?limit={limit}", page => (page.Logs, page.NextCursor));
            Assert.Equal(23, found.Select(record => record.Id).Distinct().Count());
            Assert.Equal(23, found.Count);
            Assert.Equal(found.OrderByDescending(record => record.Time).Select(record => record.Time), found.Select(record => record.Time));
        }
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("severity=loud", "severity")]
    [InlineData("trace=12", "trace")]
    [InlineData("span=12", "span")]
    [InlineData("from=12", "from")]
    [InlineData("cursor=AAAA", "cursor")]
    public async Task A_bad_parameter_is_400_and_named(string query, string field)
    {
        await using var host = await QueryHost.StartAsync();
        Assert.Equal(field, (await host.ProblemAsync("/api/logs?" + query, HttpStatusCode.BadRequest)).GetProperty("field").GetString());
    }

    private static async Task<string> EventsAsync(QueryHost host, string query) =>
        string.Join(',', (await host.GetAsync<LogList>("/api/logs" + query)).Logs.Select(record => record.Event));
}
