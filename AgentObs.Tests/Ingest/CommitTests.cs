using AgentObs.Ingest.Writing;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Ingest;

/// <summary>What the writer does when storage does not take what it is given.</summary>
public sealed class CommitTests
{
    /// <summary>A row that the engine refuses, in one commit with others: the others are stored and acknowledged.</summary>
    [Fact]
    public async Task Only_the_poisoned_request_is_refused()
    {
        await using var host = await IngestHost.StartAsync(s => s.AddSingleton(new WriteLimits { MinCommitInterval = TimeSpan.FromMilliseconds(400) }));
        await host.ExecuteAsync("ALTER TABLE otel_traces ADD COLUMN Poison UInt8 MATERIALIZED throwIf(SpanName = 'poison')");

        // The first commits at once and opens the interval in which the others gather.
        await OtlpClient.GrpcAsync(host.Grpc, "traces", Body(1, "good"));
        var answers = await Task.WhenAll(Enumerable.Range(2, 8).Select(i => StatusAsync(host, Body(i, i == 5 ? "poison" : "good"))));

        Assert.Equal(7, answers.Count(a => a == StatusCode.OK));
        Assert.Equal(StatusCode.Internal, Assert.Single(answers, a => a != StatusCode.OK));
        Assert.Equal(8UL, await host.CountAsync("(SELECT DISTINCT SpanId FROM otel_traces)"));
    }

    /// <summary>A missing table is a state someone can mend: senders are told to come again, and then all is stored.</summary>
    [Fact]
    public async Task Failing_storage_is_answered_with_come_again()
    {
        await using var host = await IngestHost.StartAsync();
        await host.ExecuteAsync("RENAME TABLE otel_traces TO hidden");
        var call = await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", Body(1, "good")));
        Assert.Equal(StatusCode.Unavailable, call.StatusCode);
        Assert.Contains("google.rpc.RetryInfo", System.Text.Encoding.UTF8.GetString(call.Trailers.GetValueBytes("grpc-status-details-bin")!), StringComparison.Ordinal);
        var (status, _, response) = await OtlpClient.HttpAsync(host.Http, "traces", Body(1, "good"));
        Assert.Equal(503, status);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);

        await host.ExecuteAsync("RENAME TABLE hidden TO otel_traces");
        await OtlpClient.GrpcAsync(host.Grpc, "traces", Body(1, "good"));
        Assert.Equal(1UL, await host.CountAsync("otel_traces"));
    }

    [Fact]
    public async Task A_full_queue_is_answered_with_come_again()
    {
        await using var host = await IngestHost.StartAsync(s => s.AddSingleton(new WriteLimits(QueueBytes: 300)));
        Assert.Equal(StatusCode.Unavailable, await StatusAsync(host, Body(1, new string('x', 400))));
        var (status, _, response) = await OtlpClient.HttpAsync(host.Http, "traces", Body(1, new string('x', 400)));
        Assert.Equal(503, status);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal(0UL, await host.CountAsync("otel_traces"));
    }

    /// <summary>Stopping commits what was queued before it answers.</summary>
    [Fact]
    public async Task Stopping_drains_the_queue()
    {
        var release = new TaskCompletionSource();
        var inserted = 0;
        await using var host = await IngestHost.StartAsync(s => s.AddSingleton<NativeInsert>(async (_, _, body, cancellation) =>
        {
            await release.Task;
            await body(Stream.Null, cancellation);
            Interlocked.Increment(ref inserted);
        }));
        var writer = host.Services.GetRequiredService<RowWriter>();
        var write = writer.WriteAsync(DecodedRows.Decode("traces", Body(1, "good")));
        var stop = writer.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        release.SetResult();
        await stop;
        Assert.Equal(WriteOutcome.Committed, (await write).Outcome);
        Assert.Equal(1, inserted);
        Assert.Equal(WriteOutcome.Overloaded, (await writer.WriteAsync(DecodedRows.Decode("traces", Body(2, "late")))).Outcome);
        Assert.Equal(0, writer.Budget.Used);
    }

    /// <summary>The host stops its server first, which waits for the request, which waits for the writer, which therefore still runs.</summary>
    [Fact]
    public async Task A_request_in_flight_is_answered_while_the_host_stops()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var host = await IngestHost.StartAsync(s => s.AddSingleton<NativeInsert>(async (_, _, body, cancellation) =>
        {
            entered.TrySetResult();
            await release.Task;
            await body(Stream.Null, cancellation);
        }));
        var call = StatusAsync(host, Body(1, "good"));
        await entered.Task;
        var stop = host.DisposeAsync();
        release.SetResult();
        Assert.Equal(StatusCode.OK, await call);
        await stop;
    }

    private static byte[] Body(int id, string name) => OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id, name)));

    private static async Task<StatusCode> StatusAsync(IngestHost host, byte[] body)
    {
        try
        {
            await OtlpClient.GrpcAsync(host.Grpc, "traces", body);
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }
}
