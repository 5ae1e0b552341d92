using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Tests.Storage;

public sealed class InsertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Native_blocks_arrive_byte_for_byte_and_links_are_made()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var seen = store.Changes.Version;
        await store.InsertAsync(Spans.Block(3000), Cancellation);
        Assert.True(store.Changes.Version > seen);
        Assert.Equal(3000, await store.SingleAsync<int>("SELECT countIf(SpanName = concat('name\\n\\n', toString(reinterpretAsUInt64(reverse(unhex(SpanId)))))) FROM otel_traces", Cancellation));
        Assert.Equal(3000, await store.SingleAsync<int>("SELECT countIf(SpanAttributes['text'] = 'a\\n\\n\\tb\\'\\\\') FROM otel_traces", Cancellation));
        Assert.Equal(300, await store.SingleAsync<int>("SELECT uniqExact(TraceId) FROM agentobs_run_traces WHERE RunId = 's1'", Cancellation));
        Assert.Equal(300, await store.SingleAsync<int>("SELECT uniqExact(TraceId) FROM agentobs_trace_runs", Cancellation));
        Assert.Equal(300, await store.SingleAsync<int>("SELECT count() FROM (SELECT TraceId FROM agentobs_traces GROUP BY TraceId HAVING max(RunId) = 's1')", Cancellation));
    }

    [Fact]
    public async Task Several_blocks_are_one_commit()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var block = Spans.Block(100);
        var bytes = block.ToArray();
        await store.InsertNativeAsync(
            TableNames.Traces,
            block.Names,
            async (body, ct) =>
            {
                for (var i = 0; i < 5; i++)
                {
                    await body.WriteAsync(bytes, ct);
                }
            },
            Cancellation);
        Assert.Equal(500, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        Assert.Equal(1, await store.SingleAsync<int>("SELECT count() FROM system.parts WHERE active AND table = 'otel_traces' AND database = currentDatabase()", Cancellation));
    }

    [Fact]
    public async Task A_writer_that_throws_commits_nothing_and_hears_its_own_exception()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var block = Spans.Block(2000);
        await Assert.ThrowsAsync<FormatException>(() => store.InsertNativeAsync(
            TableNames.Traces,
            block.Names,
            async (body, ct) =>
            {
                await body.WriteAsync(block.ToArray(), ct);
                throw new FormatException();
            },
            Cancellation));
        Assert.Equal(0, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        await store.InsertAsync(block, Cancellation);
        Assert.Equal(2000, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
    }

    [Fact]
    public async Task Refusals_carry_the_engines_number_and_leave_nothing()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var missing = await Assert.ThrowsAsync<StorageException>(() => store.InsertNativeAsync(
            "otel_nosuch", ["A"], (body, ct) => body.WriteAsync(new byte[] { 1, 2, 3 }, ct).AsTask(), Cancellation));
        Assert.Equal(60, missing.Code);
        Assert.False(missing.IsRetryable);
        var broken = Spans.Block(10).ToArray()[..^20];
        var cut = await Assert.ThrowsAsync<StorageException>(() => store.InsertNativeAsync(
            TableNames.Traces, Spans.Block(10).Names, (body, ct) => body.WriteAsync(broken, ct).AsTask(), Cancellation));
        Assert.Equal(33, cut.Code);
        Assert.Equal(0, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
    }

    [Fact]
    public async Task A_commit_of_absurd_clocks_is_taken_as_one_part()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        const long day = 86_400_000_000_000;
        long[] clocks = [0, 1, -1, long.MinValue, long.MaxValue, 7_258_118_400_000_000_000, .. Enumerable.Range(0, 400).Select(i => Spans.Noon - (i * 30 * day))];
        await store.InsertAsync(Spans.Block(clocks.Length, i => clocks[i]), Cancellation);
        Assert.Equal(clocks.Length, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        Assert.Equal(1, await store.SingleAsync<int>("SELECT count() FROM system.parts WHERE active AND table = 'otel_traces' AND database = currentDatabase()", Cancellation));
    }

    [Fact]
    public async Task A_row_with_an_absurd_clock_is_found_between_the_bounds_of_its_trace()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        long[] clocks = [0, -1, long.MinValue, long.MaxValue, 7_258_118_400_000_000_000, 4_102_444_800_000_000_000];
        await store.InsertAsync(Spans.Block(60, i => clocks[i / 10]), Cancellation);
        Assert.Equal(60, await store.SingleAsync<int>(
            """
            SELECT sum(found) FROM (
                SELECT b.TraceId, countIf(t.Timestamp >= b.S AND t.Timestamp <= b.E) AS found
                FROM (SELECT TraceId, min(Start) AS S, max(End) AS E FROM agentobs_traces GROUP BY TraceId) AS b
                JOIN otel_traces AS t ON t.TraceId = b.TraceId GROUP BY b.TraceId)
            """,
            Cancellation));
        for (var trace = 0; trace < clocks.Length; trace++)
        {
            var id = $"{trace:x32}";
            Assert.Equal(10, await store.SingleAsync<int>(
                $"WITH (SELECT (min(Start), max(End)) FROM agentobs_traces WHERE TraceId = '{id}') AS b "
                + $"SELECT count() FROM otel_traces WHERE TraceId = '{id}' AND Timestamp >= b.1 AND Timestamp <= b.2",
                Cancellation));
        }
    }

    [Fact]
    public async Task The_same_insert_again_is_absorbed_until_it_is_forgotten()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var block = Spans.Block(50);
        await store.InsertAsync(block, Cancellation);
        await store.InsertAsync(block, Cancellation);
        Assert.Equal(50, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        await store.ExecuteAsync(new SqlFile("delete", "DELETE FROM otel_traces WHERE TraceId != ''"), null, Cancellation);
        Assert.Equal(0, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
        await store.ForgetInsertsAsync([TableNames.Traces], Cancellation);
        await store.InsertAsync(block, Cancellation);
        Assert.Equal(50, await store.SingleAsync<int>("SELECT count() FROM otel_traces", Cancellation));
    }
}
