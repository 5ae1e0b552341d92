using System.Net;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Retention;

/// <summary>Retention on the real engine: what goes, what stays, and that lists, trees and log of drops tell the same.</summary>
public sealed class RetentionTests
{
    private const long Day = 86_400_000;
    private const long NoonMilliseconds = TestIds.Noon / 1_000_000;

    [Fact]
    public async Task Old_receipts_go_with_their_sessions_and_links_and_new_ones_stay()
    {
        await using var host = await RetentionHost.StartAsync(days: "30");
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "old", TestIds.Noon) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(2), TestIds.Uuid(1), TestIds.Noon, parent: TestIds.Span(1)) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            SeedSpan.Stray(TestIds.Trace(2), TestIds.Span(1), TestIds.Noon + 7) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            // The sender's clock says nothing: received yesterday.
            SeedSpan.Prompt(TestIds.Trace(3), TestIds.Span(1), "new", TestIds.Noon - (400 * 86_400 * TestIds.Second)) with { ReceivedAt = NoonMilliseconds - Day });
        await Seed.LogsAsync(
            host.Store,
            new SeedLog(TestIds.Noon, "user_prompt") { TraceId = TestIds.Trace(1), Session = "old", ReceivedAt = NoonMilliseconds - (40 * Day) },
            new SeedLog(TestIds.Noon, "api_request") { Session = "old", ReceivedAt = NoonMilliseconds - (40 * Day) },
            new SeedLog(TestIds.Noon, "user_prompt") { Session = "new", ReceivedAt = NoonMilliseconds - Day });
        Assert.Equal("new:1,old:3", await host.SessionsAsync());

        await host.PassAsync();

        Assert.Equal("new:1", await host.SessionsAsync());
        await host.Query.ProblemAsync("/api/sessions/old", HttpStatusCode.NotFound);
        await host.Query.ProblemAsync($"/api/traces/{TestIds.Trace(1)}", HttpStatusCode.NotFound);
        Assert.Equal(TestIds.Trace(3), Assert.Single((await host.Query.GetAsync<TraceList>("/api/traces")).Traces).TraceId);
        Assert.Single((await host.Query.GetAsync<LogList>("/api/logs")).Logs);
        Assert.Equal(2, await host.CountAsync("agentobs_run_traces FINAL"));
        Assert.Equal((1, 1), (await host.CountAsync("agentobs_trace_runs FINAL"), await host.CountAsync("agentobs_traces FINAL")));
        Assert.Equal(1, await host.CountAsync("agentobs_session FINAL"));
        Assert.Equal(0, await host.CountAsync("agentobs_retention_pending"));
    }

    [Fact]
    public async Task What_was_dropped_is_told_once_with_rows_bytes_and_receipts()
    {
        await using var host = await RetentionHost.StartAsync(days: "30,metrics=0");
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "a", TestIds.Noon) with { ReceivedAt = NoonMilliseconds - (50 * Day) },
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "b", TestIds.Noon) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            SeedSpan.Prompt(TestIds.Trace(3), TestIds.Span(1), "c", TestIds.Noon) with { ReceivedAt = NoonMilliseconds - Day });
        await host.PassAsync();
        await host.PassAsync();

        var summary = await host.SummaryAsync();
        var drop = Assert.Single(summary.Dropped);
        Assert.Equal(("traces", "age", 2), (drop.Signal, drop.Reason, drop.Rows));
        Assert.InRange(drop.Bytes, 1, 1_000_000);
        Assert.Equal(
            (TestIds.Noon, TestIds.Noon - (50 * Day * 1_000_000), TestIds.Noon - (40 * Day * 1_000_000)), (drop.At.Value, drop.Oldest.Value, drop.Newest.Value));
        Assert.True(summary.Enabled);
        Assert.Equal([("traces", 30, 1), ("logs", 30, 0), ("metrics", null, 0)], summary.Signals.Select(signal => (signal.Signal, signal.MaxDays, signal.Rows)));
        Assert.Equal(TestIds.Noon - (Day * 1_000_000), summary.Signals[0].Oldest!.Value.Value);
    }

    [Fact]
    public async Task A_session_keeps_its_later_turns_and_its_figures_follow()
    {
        await using var host = await RetentionHost.StartAsync(days: "30");
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s", TestIds.Noon, "first") with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            SeedSpan.Codex(TestIds.Trace(1), TestIds.Span(2), TestIds.Uuid(1), TestIds.Noon, parent: TestIds.Span(1)) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            // One prompt's trace that began before the limit and went on after it stays whole.
            SeedSpan.Codex(TestIds.Trace(2), TestIds.Span(2), TestIds.Uuid(2), TestIds.Noon + 10, parent: TestIds.Span(1)) with { ReceivedAt = NoonMilliseconds - (40 * Day) },
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "s", TestIds.Noon + 9, "second") with { ReceivedAt = NoonMilliseconds - (2 * Day) });
        Assert.Equal("s:4", await host.SessionsAsync());

        await host.PassAsync();

        Assert.Equal("s:2", await host.SessionsAsync());
        var session = await host.Query.GetAsync<SessionSummary>("/api/sessions/s");
        Assert.Equal(("second", 1, 1), (session.Title, session.Turns, session.AgentRuns));
        Assert.Equal([TestIds.Trace(2)], session.TraceIds);
        Assert.Empty((await host.Query.GetAsync<StitchingReport>("/api/sessions/s/stitching")).MissingParents);
        await host.Query.ProblemAsync($"/api/sessions/{TestIds.Uuid(1)}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Each_signal_has_its_own_limit()
    {
        await using var host = await RetentionHost.StartAsync(days: "traces=0,logs=30,metrics=60");
        var old = NoonMilliseconds - (40 * Day);
        await Seed.SpansAsync(host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s", TestIds.Noon) with { ReceivedAt = old });
        await Seed.LogsAsync(
            host.Store,
            new SeedLog(TestIds.Noon, "user_prompt") { TraceId = TestIds.Trace(1), Session = "s", ReceivedAt = old },
            new SeedLog(TestIds.Noon, "api_request") { Session = "logs-only", ReceivedAt = old });
        await PointsAsync(host, old, NoonMilliseconds - (70 * Day));
        Assert.Equal("logs-only:0,s:1", await host.SessionsAsync());

        await host.PassAsync();

        Assert.Equal((1, 0, 1), (await host.CountAsync("otel_traces"), await host.CountAsync("otel_logs"), await host.CountAsync("otel_metrics_sum")));
        Assert.Equal("s:1", await host.SessionsAsync());
        Assert.Equal(["logs", "metrics"], (await host.SummaryAsync()).Dropped.Select(drop => drop.Signal).Order());
    }

    [Fact]
    public async Task Log_records_that_outlive_their_spans_still_say_whose_they_are()
    {
        await using var host = await RetentionHost.StartAsync(days: "0,traces=30");
        await Seed.SpansAsync(
            host.Store, SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "s", TestIds.Noon) with { ReceivedAt = NoonMilliseconds - (40 * Day) });
        await Seed.LogsAsync(
            host.Store, new SeedLog(TestIds.Noon, "user_prompt") { TraceId = TestIds.Trace(1), Session = "s", ReceivedAt = NoonMilliseconds - (40 * Day) });
        Assert.Equal("s:1", await host.SessionsAsync());
        await host.PassAsync();
        Assert.Equal("s:0", await host.SessionsAsync());
        Assert.Empty((await host.Query.GetAsync<TraceList>("/api/traces")).Traces);
    }

    [Fact]
    public async Task Under_a_size_limit_the_oldest_receipts_go_until_there_is_room()
    {
        await using var host = await RetentionHost.StartAsync(gigabytes: "0,traces=0.0004");
        for (var day = 10; day >= 1; day--)
        {
            await host.ExecuteAsync($"""
                INSERT INTO otel_traces (Timestamp, TraceId, SpanId, SpanName, ServiceName, ScopeName, SpanAttributes, ReceivedAt)
                SELECT now64(9), leftPad(hex({day} * 10 + intDiv(number, 100)), 32, '0'), leftPad(hex(number + 1), 16, '0'), 'claude_code.interaction', 'claude-code',
                    'com.anthropic.claude_code.tracing', map('session.id', 's-{day}', 'text', randomPrintableASCII(500)), fromUnixTimestamp64Milli({NoonMilliseconds - (day * Day)})
                FROM numbers(200)
                """);
        }

        var before = (await host.SummaryAsync()).Signals[0];
        Assert.InRange(before.Bytes, 500_000, 5_000_000);

        await host.PassAsync();

        var after = await host.SummaryAsync();
        var drop = Assert.Single(after.Dropped);
        Assert.InRange(after.Signals[0].Bytes, 200_000, 400_000);
        Assert.Equal(("size", before.Rows), (drop.Reason, drop.Rows + after.Signals[0].Rows));
        Assert.True(drop.Newest.Value < after.Signals[0].Oldest!.Value.Value);
        var left = (await host.Query.GetAsync<SessionList>("/api/sessions")).Sessions.Select(session => session.Id).ToList();
        Assert.Contains("s-1", left);
        Assert.DoesNotContain("s-10", left);
        Assert.Equal(after.Signals[0].Rows / 200, left.Count);

        // Nothing beyond the limit: nothing happens.
        await host.PassAsync();
        Assert.Equal(after.Signals[0].Rows, (await host.SummaryAsync()).Signals[0].Rows);
    }

    [Fact]
    public async Task Below_the_limits_nothing_goes()
    {
        await using var host = await RetentionHost.StartAsync(days: "90", gigabytes: "20");
        await host.Query.ReplayAsync("claude-bash");
        var before = await Task.WhenAll(host.Query.TextAsync("/api/sessions"), host.Query.TextAsync("/api/logs"), host.Query.TextAsync("/api/traces"));
        await host.PassAsync();
        Assert.Equal(before, await Task.WhenAll(host.Query.TextAsync("/api/sessions"), host.Query.TextAsync("/api/logs"), host.Query.TextAsync("/api/traces")));
        Assert.Empty((await host.SummaryAsync()).Dropped);
    }

    [Fact]
    public async Task The_same_telemetry_can_come_again_after_it_was_dropped()
    {
        await using var host = await RetentionHost.StartAsync(days: "30");
        await host.Query.ReplayAsync("claude-codex3");
        var before = await host.SessionsAsync();
        var metrics = await host.CountAsync("otel_metrics_sum");
        Assert.NotEqual("", before);

        // Receipts are the engine's clock's.
        host.Time.Now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + (40 * Day));
        await host.PassAsync();
        Assert.Equal("", await host.SessionsAsync());
        foreach (var table in (string[])["otel_traces", "otel_logs", "otel_metrics_sum", "agentobs_run_traces", "agentobs_trace_runs", "agentobs_traces", "agentobs_session"])
        {
            Assert.Equal((table, 0), (table, await host.CountAsync(table)));
        }

        await host.Query.ReplayAsync("claude-codex3");
        Assert.Equal(before, await host.SessionsAsync());
        Assert.Equal(metrics, await host.CountAsync("otel_metrics_sum"));
    }

    [Fact]
    public async Task A_drop_that_was_broken_off_is_finished_by_the_next_pass()
    {
        await using var host = await RetentionHost.StartAsync();
        var old = NoonMilliseconds - (40 * Day);
        await Seed.SpansAsync(
            host.Store,
            SeedSpan.Prompt(TestIds.Trace(1), TestIds.Span(1), "old", TestIds.Noon) with { ReceivedAt = old },
            SeedSpan.Prompt(TestIds.Trace(2), TestIds.Span(1), "new", TestIds.Noon) with { ReceivedAt = NoonMilliseconds });
        Assert.Equal("new:1,old:1", await host.SessionsAsync());
        await host.ExecuteAsync($"""
            INSERT INTO agentobs_retention_pending (Kind, TraceId, RunId, Signal, Reason, Cutoff, At) VALUES
                ('trace', '{TestIds.Trace(1)}', '', '', '', 0, 0), ('run', '', 'old', '', '', 0, 0), ('dead trace', '{TestIds.Trace(2)}', '', '', '', 0, 0),
                ('drop', '', '', 'traces', 'age', fromUnixTimestamp64Milli({old + Day}), fromUnixTimestamp64Milli({NoonMilliseconds}))
            """);

        await host.PassAsync();

        Assert.Equal("new:1", await host.SessionsAsync());
        Assert.Equal((1, 0), (await host.CountAsync("otel_traces"), await host.CountAsync("agentobs_retention_pending")));
        Assert.Equal(1, Assert.Single((await host.SummaryAsync()).Dropped).Rows);
    }

    private static Task PointsAsync(RetentionHost host, params long[] receivedAt) => host.ExecuteAsync(string.Join(' ', [
        "INSERT INTO otel_metrics_sum (MetricName, Attributes, TimeUnix, Value, ReceivedAt) VALUES",
        string.Join(", ", receivedAt.Select(at => $"('m', map('session.id', 's'), fromUnixTimestamp64Milli({at}), 1, fromUnixTimestamp64Milli({at}))")),
    ]));
}
