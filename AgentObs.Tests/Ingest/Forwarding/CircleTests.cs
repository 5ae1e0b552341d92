using AgentObs.Ingest.Forwarding;

namespace AgentObs.Tests.Ingest.Forwarding;

/// <summary>A target that sends back what it gets, as a collector does that has AgentObs among its exporters: without the mark of what was forwarded.</summary>
public sealed class CircleTests
{
    private const int FreshSpans = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_comes_back_goes_round_no_more()
    {
        await using var target = await ForwardTarget.StartAsync(isGrpc: false);
        await using var host = await IngestHost.StartAsync(forward: new ForwardOptions { Url = target.Url, IsGrpc = false, Headers = [] });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var circle = SendBackAsync(target, host.Http, end.Token);
        var requests = RecordedRequest.Of("claude-bash");
        foreach (var request in requests)
        {
            await OtlpClient.HttpAsync(host.Http, request.Signal, request.Body);
        }

        // Everything has come back, often with a new span beside it, which comes back too; then it is quiet.
        var expected = requests.GroupBy(request => request.Signal).ToDictionary(group => group.Key, group => (long)group.Sum(request => DecodedRows.Decode(request.Signal, request.Body).Accepted));
        expected["traces"] += FreshSpans;
        var told = await ForwardWait.UntilAsync(
            host, forwarding => forwarding.Signals.All(signal => signal.Records >= expected[signal.Signal] && signal.Repeated >= signal.Records && signal.QueuedBytes == 0));
        await end.CancelAsync();
        Assert.Equal(FreshSpans, await circle);
        Assert.False(target.HasMore);
        Assert.Equal(expected, told.Signals.ToDictionary(signal => signal.Signal, signal => signal.Records));
        Assert.Equal(expected, told.Signals.ToDictionary(signal => signal.Signal, signal => signal.Repeated));
    }

    private static async Task<int> SendBackAsync(ForwardTarget target, Uri receiver, CancellationToken end)
    {
        var fresh = 0;
        try
        {
            while (true)
            {
                var (path, body, _) = await target.NextAsync().WaitAsync(end);
                var isTraces = path.EndsWith("traces", StringComparison.Ordinal) && fresh < FreshSpans;
                await OtlpClient.HttpAsync(receiver, path[(path.LastIndexOf('/') + 1)..], isTraces ? [.. OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(++fresh))), .. body] : body);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return fresh;
        }
    }
}
