using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class SpanEndpointsTests
{
    [Fact]
    public async Task A_span_comes_with_attributes_doubled_keys_events_links_and_logs()
    {
        await using var host = await QueryHost.StartAsync();
        var span = SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(1), TestIds.Uuid(1), TestIds.Noon, parent: TestIds.Span(9)) with { Status = "Error" };
        await Seed.SpansAsync(host.Store, span, SeedSpan.Stray(TestIds.Trace(1), TestIds.Span(2), TestIds.Noon));
        await Seed.LogsAsync(
            host.Store,
            new SeedLog(TestIds.Noon + 7, "second") { TraceId = span.TraceId, SpanId = span.SpanId, Body = "hello" },
            new SeedLog(TestIds.Noon + 6, "first") { TraceId = span.TraceId, SpanId = span.SpanId },
            new SeedLog(TestIds.Noon + 6, "other") { TraceId = span.TraceId, SpanId = TestIds.Span(2) });

        var found = await host.GetAsync<SpanDetail>($"/api/spans/{span.TraceId.ToUpperInvariant()}/{span.SpanId}");
        Assert.Equal((TestIds.Span(9), "codex.exec", "internal", "codex_exec"), (found.ParentSpanId, found.Name, found.Kind, found.Service));
        Assert.Equal((TestIds.Noon, 1_000_000, "error", "it broke"), (found.Start.Value, found.DurationNano, found.Status, found.StatusMessage));
        Assert.Equal(TestIds.Uuid(1), found.Attributes["thread.id"]);
        Assert.Equal(new AttributeDuplicate("thread.id", "7"), Assert.Single(found.Duplicates));
        Assert.Equal("codex_exec", found.Resource["service.name"]);
        Assert.Equal(("attempt", TestIds.Noon + 1, "1"), (found.Events[0].Name, found.Events[0].Time.Value, found.Events[0].Attributes["n"]));
        Assert.Equal(("00f067aa0ba902b7", "a=b", "2"), (found.Links[0].SpanId, found.Links[0].TraceState, found.Links[0].Attributes["l"]));
        Assert.Equal(["first", "second"], found.Logs.Select(record => record.Event));
        Assert.Equal("hello", found.Logs[1].Body);
        Assert.True(found.ReceivedAt.Value > TestIds.Noon / 2);
    }

    [Fact]
    public async Task Text_that_is_no_utf8_and_text_of_any_kind_is_valid_json()
    {
        await using var host = await QueryHost.StartAsync();
        await host.Store.ExecuteAsync(
            new AgentObs.Storage.SqlFile("bad bytes", """
                INSERT INTO otel_traces (Timestamp, TraceId, SpanId, SpanName, ServiceName, Duration, SpanAttributes, StatusMessage, Events.Timestamp, Events.Name, Events.Attributes)
                SELECT now64(9), '00000000000000000000000000000001', '0000000000000001', unhex('FF66'), unhex('C3'), 18446744073709551615,
                    map(unhex('E28283'), unhex('80'), 'control', unhex('000102')), unhex('EDA080'), [now64(9)], [unhex('F0')], [map('k', unhex('FE'))]
                """),
            null,
            TestContext.Current.CancellationToken);
        var found = await host.GetAsync<SpanDetail>($"/api/spans/{TestIds.Trace(1)}/{TestIds.Span(1)}");
        Assert.Equal("\uFFFDf", found.Name);
        Assert.Equal("\uFFFD", found.Attributes["\u2083"]);
        Assert.Equal("\0\u0001\u0002", found.Attributes["control"]);
        // An end before the start, wrapped: no end to tell of.
        Assert.Equal(0, found.DurationNano);
        Assert.Single((await host.GetAsync<TraceList>("/api/traces")).Traces);
    }

    [Fact]
    public async Task Absurd_clocks_hide_no_span_of_the_trace()
    {
        await using var host = await QueryHost.StartAsync();
        long[] starts = [-1, TestIds.Noon, long.MaxValue - 1_000_000_000];
        await Seed.SpansAsync(host.Store, starts.Select((start, i) => new SeedSpan(TestIds.Trace(1), TestIds.Span(i + 1), "clock", start)));
        Assert.Equal(3, (await host.GetAsync<TraceDetail>($"/api/traces/{TestIds.Trace(1)}")).Spans.Count);
        foreach (var i in Enumerable.Range(1, starts.Length))
        {
            Assert.Equal("clock", (await host.GetAsync<SpanDetail>($"/api/spans/{TestIds.Trace(1)}/{TestIds.Span(i)}")).Name);
        }
    }

    [Fact]
    public async Task Bad_ids_are_named_and_absent_spans_are_404()
    {
        await using var host = await QueryHost.StartAsync();
        var id = TestIds.Trace(1);
        Assert.Equal("spanId", (await host.ProblemAsync($"/api/spans/{id}/12", HttpStatusCode.BadRequest)).GetProperty("field").GetString());
        Assert.Equal("traceId", (await host.ProblemAsync($"/api/spans/12/{TestIds.Span(1)}", HttpStatusCode.BadRequest)).GetProperty("field").GetString());
        await host.ProblemAsync($"/api/spans/{id}/{TestIds.Span(1)}", HttpStatusCode.NotFound);
    }
}
