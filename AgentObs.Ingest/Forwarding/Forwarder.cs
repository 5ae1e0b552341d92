using AgentObs.Conventions;
using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest.Forwarding;

/// <summary>
/// Sends what was stored to another OTLP endpoint too, as it was stored: without secrets. Nobody waits for it: a body is put into a bounded queue
/// after its commit, and a target that is away, slow or refusing costs what it does not get, nothing else.
/// </summary>
internal sealed class Forwarder(ForwardOptions? options, IngestMetrics metrics, TimeProvider time, ILogger<Forwarder> log) : BackgroundService
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    /// <summary>After the receiver has stopped; whatever the target does, AgentObs ends.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly ForwardQueue[] queues = [new(IngestLimits.ForwardBytes), new(IngestLimits.ForwardBytes), new(IngestLimits.ForwardBytes)];
    private readonly (long Sent, long Refused, long Dropped)[] counts = new (long, long, long)[3];
    private string lastError = "";
    private string lastErrorTime = "";
    private bool isFailing;

    /// <summary>Off, no body is kept.</summary>
    public bool IsOn => options is not null;

    /// <summary>Takes a body that was stored. Returns at once.</summary>
    public void Add(OtlpSignal signal, byte[] body) => Count(signal, dropped: queues[(int)signal].Add(body));

    /// <returns>Null when it is off.</returns>
    public ForwardSummary? Summarize()
    {
        if (options is null)
        {
            return null;
        }

        lock (gate)
        {
            return new ForwardSummary(
                options.Url.ToString().TrimEnd('/'),
                options.Protocol,
                [.. counts.Select((c, i) => new ForwardSignal(IngestCounters.NameOf((OtlpSignal)i), c.Sent, c.Refused, c.Dropped, queues[i].Bytes))],
                isFailing,
                lastError,
                lastErrorTime);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options is null)
        {
            return;
        }

        using var transport = ForwardTransports.For(options);
        using var end = new CancellationTokenSource();
        await using var stopping = stoppingToken.Register(() => end.CancelAfter(Drain));
        await Task.WhenAll(Enum.GetValues<OtlpSignal>().Select(signal => RunAsync(signal, transport, stoppingToken, end.Token)));
    }

    private async Task RunAsync(OtlpSignal signal, IForwardTransport transport, CancellationToken stopping, CancellationToken end)
    {
        while (await queues[(int)signal].TakeAsync(stopping) is { Bodies: > 0 } taken)
        {
            try
            {
                await SendAsync(signal, transport, taken.Message, taken.Bodies, end);
            }
            catch (OperationCanceledException)
            {
                Count(signal, dropped: taken.Bodies);
            }
            catch (Exception error)
            {
                // Nothing that a target does may end forwarding.
                Count(signal, refused: taken.Bodies);
                Failed($"{error.GetType().Name}: {error.Message}");
            }
        }
    }

    private async Task SendAsync(OtlpSignal signal, IForwardTransport transport, byte[] message, int bodies, CancellationToken end)
    {
        for (var rest = FirstRest; ; rest = TimeSpan.FromTicks(Math.Min(rest.Ticks * 2, LongestRest.Ticks)))
        {
            var result = await transport.SendAsync(signal, message, end);
            if (result.Outcome == ForwardOutcome.Sent)
            {
                Count(signal, sent: bodies);
                Worked();
                return;
            }

            Failed(result.Message);
            if (result.Outcome == ForwardOutcome.Refused)
            {
                Count(signal, refused: bodies);
                return;
            }

            var wished = result.RetryAfter is { } after && after > rest ? after : rest;
            await Task.Delay(wished < LongestRest ? wished : LongestRest, time, end);
        }
    }

    private void Count(OtlpSignal signal, int sent = 0, int refused = 0, int dropped = 0)
    {
        metrics.Forwarded(IngestCounters.NameOf(signal), sent, refused, dropped);
        lock (gate)
        {
            ref var count = ref counts[(int)signal];
            count = (count.Sent + sent, count.Refused + refused, count.Dropped + dropped);
        }
    }

    private void Worked()
    {
        lock (gate)
        {
            if (!isFailing)
            {
                return;
            }

            isFailing = false;
        }

        Log.ForwardingWorks(log, options!.Url);
    }

    /// <summary>One line when it begins to fail: a target that is away for a day is not a log of a day.</summary>
    private void Failed(string message)
    {
        lock (gate)
        {
            (lastError, lastErrorTime) = (message, UnixNano.FromDateTimeOffset(time.GetUtcNow()).ToString());
            if (isFailing)
            {
                return;
            }

            isFailing = true;
        }

        Log.ForwardingFails(log, options!.Url, message);
    }
}
