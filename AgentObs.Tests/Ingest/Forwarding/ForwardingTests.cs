using System.Net.Http.Json;
using System.Text;
using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>What is stored goes to another endpoint too, over real HTTP and gRPC, and nobody waits for it.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_stored_is_sent_on_as_it_was_stored(bool isGrpc)
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc);
        await using var host = await StartAsync(target.Url, isGrpc);
        var traces = RecordedRequest.Of("claude-bash").Where(request => request.Signal == "traces").ToList();
        foreach (var request in traces)
        {
            await OtlpClient.GrpcAsync(host.Grpc, "traces", request.Body);
        }

        byte[] expected = [.. traces.SelectMany(request => Redacted(request.Body))];
        Assert.Equal(expected, await target.BytesAsync(isGrpc ? "TraceService/Export" : "/v1/traces", expected.Length));

        var logs = RecordedRequest.Of("claude-bash").First(request => request.Signal == "logs");
        await OtlpClient.HttpAsync(host.Http, "logs", logs.Body);
        var (path, body, headers) = await target.NextAsync();
        Assert.Contains(isGrpc ? "LogsService/Export" : "/v1/logs", path, StringComparison.Ordinal);
        Assert.Equal(logs.Body, body);
        Assert.Equal("secret-of-the-target", headers["x-key"]);
        Assert.Equal("1", headers["agentobs-forwarded"]);
    }

    [Fact]
    public async Task No_secret_goes_out_and_JSON_goes_as_protobuf()
    {
        var secret = "ghp_" + new string('a', 35) + "1";
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var host = await StartAsync(target.Url, isGrpc: false);
        await OtlpClient.JsonAsync(host.Http, "traces", OtlpClient.Traces(OtlpClient.Span(1, "push with " + secret)));
        var sent = Encoding.UTF8.GetString((await target.NextAsync()).Body);
        Assert.DoesNotContain(secret, sent, StringComparison.Ordinal);
        Assert.Contains("push with [redacted:github-token]", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_target_costs_nothing_and_gets_what_waited_when_it_is_back()
    {
        var port = await FreePortAsync();
        await using var host = await StartAsync(new Uri($"http://127.0.0.1:{port}"), isGrpc: true);
        var expected = new List<byte>();
        foreach (var id in Enumerable.Range(1, 5))
        {
            var body = OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id)));
            expected.AddRange(body);
            await OtlpClient.GrpcAsync(host.Grpc, "traces", body);
        }

        Assert.Equal(5UL, await host.CountAsync("otel_traces"));
        await UntilAsync(host, forwarding => forwarding.IsFailing);
        await using var target = await ForwardTarget.StartAsync(isGrpc: true, port);
        Assert.Equal(expected, await target.BytesAsync("TraceService", expected.Count));
        var told = await UntilAsync(host, forwarding => !forwarding.IsFailing && forwarding.Signals[0].Sent == 5);
        Assert.Contains("Unavailable", told.LastError, StringComparison.Ordinal);
        Assert.Equal(0, told.Signals[0].QueuedBytes);
    }

    [Fact]
    public async Task A_target_that_is_busy_is_asked_again_and_one_that_refuses_is_not()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        target.Answers.Enqueue(503);
        target.Answers.Enqueue(200);
        target.Answers.Enqueue(400);
        await using var host = await StartAsync(target.Url, isGrpc: false);
        var first = OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1)));
        await OtlpClient.HttpAsync(host.Http, "traces", first);
        Assert.Equal(first, (await target.NextAsync()).Body);
        await OtlpClient.HttpAsync(host.Http, "traces", OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(2))));
        var told = await UntilAsync(host, forwarding => forwarding.Signals[0].Refused == 1);
        Assert.Contains("HTTP 400", told.LastError, StringComparison.Ordinal);
        var third = OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(3)));
        await OtlpClient.HttpAsync(host.Http, "traces", third);
        Assert.Equal(third, (await target.NextAsync()).Body);
        Assert.Equal(3UL, await host.CountAsync("otel_traces"));
    }

    [Fact]
    public async Task A_target_that_never_answers_does_not_hold_up_a_stop()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        target.Answers.Enqueue(-1);
        var host = await StartAsync(target.Url, isGrpc: true);
        await OtlpClient.GrpcAsync(host.Grpc, "traces", OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1))));
        Assert.Equal(1UL, await host.CountAsync("otel_traces"));
        await host.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task What_another_AgentObs_sent_on_is_stored_and_goes_no_further()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var second = await StartAsync(target.Url, isGrpc: false);
        await using var first = await StartAsync(second.Grpc, isGrpc: true);
        await OtlpClient.GrpcAsync(first.Grpc, "traces", OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1))));
        await UntilAsync(first, forwarding => forwarding.Signals[0].Sent == 1);
        Assert.Equal(1UL, await second.CountAsync("otel_traces"));
        var own = OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(2)));
        await OtlpClient.GrpcAsync(second.Grpc, "traces", own);
        Assert.Equal(own, (await target.NextAsync()).Body);
        Assert.False(target.HasMore);
    }

    [Fact]
    public async Task A_full_queue_drops_its_oldest()
    {
        var queue = new ForwardQueue(1200);
        Assert.Equal(0, queue.Add(new byte[400]));
        Assert.Equal(0, queue.Add(new byte[600]));
        Assert.Equal(2, queue.Add([1, .. new byte[700]]));
        Assert.Equal(0, queue.Add([2, 3]));
        Assert.Equal([[1, .. new byte[700]], [2, 3]], await queue.TakeAsync(Cancellation));
        Assert.Equal(0, queue.Bytes);
        Assert.Empty(await queue.TakeAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Nothing_is_kept_or_told_while_it_is_off()
    {
        await using var host = await IngestHost.StartAsync();
        Assert.False(host.Services.GetRequiredService<Forwarder>().IsOn);
        Assert.Null(host.Services.GetRequiredService<Forwarder>().Summarize());
    }

    private static Task<IngestHost> StartAsync(Uri url, bool isGrpc) => IngestHost.StartAsync(
        forward: new ForwardOptions { Url = url, IsGrpc = isGrpc, Headers = [KeyValuePair.Create("x-key", "secret-of-the-target")] });

    private static byte[] Redacted(byte[] body)
    {
        using var redactor = new RequestRedactor(SecretList.Default);
        using var clean = new PooledBuffer();
        return redactor.Redact(body, OtlpSchema.TraceRequest, clean) ? clean.Written.ToArray() : body;
    }

    private static async Task<ForwardSummary> UntilAsync(IngestHost host, Func<ForwardSummary, bool> reached)
    {
        using var client = new HttpClient { BaseAddress = host.Http };
        for (var attempt = 0; ; attempt++)
        {
            var told = (await client.GetFromJsonAsync<AgentObs.Ingest.IngestSummary>("/api/ingest", Cancellation))!.Forwarding!;
            if (reached(told))
            {
                return told;
            }

            Assert.True(attempt < 300, $"not reached: {told}");
            await Task.Delay(100, Cancellation);
        }
    }

    private static async Task<int> FreePortAsync()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: true);
        return target.Url.Port;
    }
}
