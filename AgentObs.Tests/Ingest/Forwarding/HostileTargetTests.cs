using AgentObs.Ingest.Forwarding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>Targets that hang in the middle, take half of what they get, or say things that no terminal should see.</summary>
public sealed class HostileTargetTests
{
    private const string Key = "key-of-the-target-1";

    [Fact]
    public async Task A_target_that_never_ends_its_answer_gets_the_request_again()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        target.Instead.Enqueue(async context =>
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync("wait", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var host = await StartAsync(target.Url, isGrpc: false);
        var sent = Body(1);
        await OtlpClient.HttpAsync(host.Http, "traces", sent);
        Assert.Equal(sent, (await target.NextAsync()).Body);
    }

    [Fact]
    public async Task One_body_that_is_refused_takes_no_other_with_it()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var host = await StartAsync(target.Url, isGrpc: false);
        var release = new TaskCompletionSource();
        target.Instead.Enqueue(async context =>
        {
            await release.Task;
            context.Response.StatusCode = 503;
        });
        target.IsRefused = body => body.AsSpan().IndexOf("poison"u8) >= 0;
        foreach (var id in Enumerable.Range(1, 7))
        {
            await OtlpClient.HttpAsync(host.Http, "traces", Body(id, id == 4 ? "poison" : "good"));
        }

        release.SetResult();
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0] is { QueuedBytes: 0, Sent: 6 });
        Assert.Equal((1, 0), (told.Signals[0].Refused, told.Signals[0].Dropped));
        Assert.Contains("HTTP 400", told.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_target_says_is_told_without_escapes_and_without_its_key(bool isGrpc)
    {
        var said = $"\u001b[2Jbad {Key}\nsecond \u202eline {new string('x', 5000)}";
        await using var target = await ForwardTarget.StartAsync(isGrpc);
        target.Instead.Enqueue(async context =>
        {
            if (isGrpc)
            {
                context.Response.ContentType = "application/grpc";
                context.Response.AppendTrailer("grpc-status", "16");
                context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(said));
                return;
            }

            context.Response.StatusCode = 401;
            await context.Response.WriteAsync(said, context.RequestAborted);
        });
        var log = new KeptLog();
        await using var host = await StartAsync(target.Url, isGrpc, log);
        await OtlpClient.HttpAsync(host.Http, "traces", Body(1));
        var told = await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0].Refused == 1);
        Assert.Contains("[2Jbad ... second", told.LastError, StringComparison.Ordinal);
        Assert.InRange(told.LastError.Length, 100, 400);
        var line = Assert.Single(log.Lines, line => line.StartsWith("Forwarding", StringComparison.Ordinal));
        Assert.All([line, told.LastError], text => Assert.DoesNotContain(text, letter => letter is '\u001b' or '\n' or '\u202e'));
        Assert.DoesNotContain(Key, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_takes_spans_alone_is_one_line_in_the_log()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        target.NotFound = "/v1/logs";
        var log = new KeptLog();
        await using var host = await StartAsync(target.Url, isGrpc: false, log);
        var logs = RecordedRequest.Scenarios().SelectMany(RecordedRequest.Of).Where(request => request is { Signal: "logs", IsJson: false }).Select(request => request.Body).Take(3).ToList();
        for (var i = 1; i <= 3; i++)
        {
            await OtlpClient.HttpAsync(host.Http, "traces", Body(i));
            await OtlpClient.HttpAsync(host.Http, "logs", logs[i - 1]);
            await ForwardWait.UntilAsync(host, forwarding => forwarding.Signals[0].Sent == i && forwarding.Signals[1].Refused == i);
        }

        var line = Assert.Single(log.Lines, line => line.StartsWith("Forwarding", StringComparison.Ordinal));
        Assert.StartsWith("Forwarding logs to ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_of_almost_nothing_fill_the_queue_too()
    {
        var queue = new ForwardQueue(10_000);
        Assert.InRange(Enumerable.Range(0, 1000).Sum(_ => queue.Add([1])), 800, 950);
        Assert.InRange(queue.Bytes, 5_000, 10_000);
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var host = await StartAsync(target.Url, isGrpc: false);
        await OtlpClient.HttpAsync(host.Http, "traces", []);
        var sent = Body(1);
        await OtlpClient.HttpAsync(host.Http, "traces", sent);
        Assert.Equal(sent, (await target.NextAsync()).Body);
    }

    private static byte[] Body(int id, string name = "span") => OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(id, name)));

    private static Task<IngestHost> StartAsync(Uri url, bool isGrpc, KeptLog? log = null) => IngestHost.StartAsync(
        services =>
        {
            if (log is not null)
            {
                services.AddSingleton<ILoggerProvider>(log);
            }
        },
        new ForwardOptions { Url = url, IsGrpc = isGrpc, Headers = [KeyValuePair.Create("authorization", "Bearer " + Key)] });
}
