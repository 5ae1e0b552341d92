using AgentObs.Conventions;
using AgentObs.Ingest.Otlp;
using AgentObs.Ingest.Wire;

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
    private readonly ForwardCounts[] counts = [new(), new(), new()];
    private string lastError = "";
    private string lastErrorTime = "";
    private readonly bool[] isFailing = new bool[3];

    /// <summary>Off, no body is kept.</summary>
    public bool IsOn => options is not null;

    /// <summary>Takes a body that was stored. Returns at once.</summary>
    public void Add(OtlpSignal signal, byte[] body)
    {
        // A request without records is a valid one, of no bytes.
        if (body.Length > 0)
        {
            Count(signal, dropped: queues[(int)signal].Add(body));
        }
    }

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
                [.. counts.Select((c, i) => new ForwardSignal(IngestCounters.NameOf((OtlpSignal)i), c.Sent, c.Refused, c.Dropped, queues[i].Bytes, c.Retried, c.Records, c.Repeated))],
                isFailing.Contains(true),
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
        var filter = new RepeatFilter(OtlpReceiver.MessageOf(signal));
        while (await queues[(int)signal].TakeAsync(stopping) is { Count: > 0 } taken)
        {
            List<byte[]> fresh = [.. taken.Select(body => WithoutRepeats(signal, filter, body)).Where(body => body.Length > 0)];
            if (fresh.Count > 0)
            {
                await SendAsync(signal, transport, fresh, end);
            }
        }
    }

    private byte[] WithoutRepeats(OtlpSignal signal, RepeatFilter filter, byte[] body)
    {
        try
        {
            var fresh = filter.Filter(body);
            Count(signal, records: filter.Fresh, repeated: filter.Repeated);
            return fresh;
        }
        catch (OtlpFormatException)
        {
            // The decoder has read it, so this is a defect of ours; the target gets what came.
            return body;
        }
    }

    private async Task SendAsync(OtlpSignal signal, IForwardTransport transport, List<byte[]> bodies, CancellationToken end)
    {
        try
        {
            if (await SendTogetherAsync(signal, transport, bodies, end))
            {
                return;
            }
        }
        catch (OperationCanceledException)
        {
            Count(signal, dropped: bodies.Count);
            return;
        }
        catch (Exception error)
        {
            // Nothing that a target does may end forwarding.
            Count(signal, refused: bodies.Count);
            Failed(signal, TargetWords.Of($"{error.GetType().Name}: {error.Message}", options!));
            return;
        }

        // One of them is refused: the others are not lost with it.
        await SendAsync(signal, transport, [.. bodies.Take(bodies.Count / 2)], end);
        await SendAsync(signal, transport, [.. bodies.Skip(bodies.Count / 2)], end);
    }

    /// <returns>False where they were refused together, and each may be taken alone.</returns>
    private async Task<bool> SendTogetherAsync(OtlpSignal signal, IForwardTransport transport, List<byte[]> bodies, CancellationToken end)
    {
        // OTLP messages laid end to end are one message.
        var message = bodies.Count == 1 ? bodies[0] : Joined(bodies);
        for (var rest = FirstRest; ; rest = TimeSpan.FromTicks(Math.Min(rest.Ticks * 2, LongestRest.Ticks)))
        {
            var result = await transport.SendAsync(signal, message, end);
            if (result.Outcome == ForwardOutcome.Sent)
            {
                Count(signal, sent: bodies.Count);
                Worked(signal);
                return true;
            }

            if (result is { Outcome: ForwardOutcome.Refused, IsOfBody: true } && bodies.Count > 1)
            {
                return false;
            }

            Failed(signal, result.Message);
            if (result.Outcome == ForwardOutcome.Refused)
            {
                Count(signal, refused: bodies.Count);
                return true;
            }

            Count(signal, retried: 1);
            var wished = result.RetryAfter is { } after && after > rest ? after : rest;
            await Task.Delay(wished < LongestRest ? wished : LongestRest, time, end);
        }
    }

    private static byte[] Joined(List<byte[]> bodies)
    {
        var message = new byte[bodies.Sum(body => body.Length)];
        var at = 0;
        foreach (var body in bodies)
        {
            body.CopyTo(message, at);
            at += body.Length;
        }

        return message;
    }

    private void Count(OtlpSignal signal, int sent = 0, int refused = 0, int dropped = 0, int retried = 0, int records = 0, int repeated = 0)
    {
        metrics.Forwarded(IngestCounters.NameOf(signal), sent, refused, dropped, retried);
        lock (gate)
        {
            var count = counts[(int)signal];
            count.Sent += sent;
            count.Refused += refused;
            count.Dropped += dropped;
            count.Retried += retried;
            count.Records += records;
            count.Repeated += repeated;
        }
    }

    private void Worked(OtlpSignal signal)
    {
        lock (gate)
        {
            if (!isFailing[(int)signal])
            {
                return;
            }

            isFailing[(int)signal] = false;
        }

        Log.ForwardingWorks(log, IngestCounters.NameOf(signal), options!.Url);
    }

    /// <summary>
    /// One line when a signal begins to fail: a target that is away for a day, or takes spans alone (Jaeger), is not a log of a day.
    /// </summary>
    private void Failed(OtlpSignal signal, string message)
    {
        lock (gate)
        {
            (lastError, lastErrorTime) = (message, UnixNano.FromDateTimeOffset(time.GetUtcNow()).ToString());
            if (isFailing[(int)signal])
            {
                return;
            }

            isFailing[(int)signal] = true;
        }

        Log.ForwardingFails(log, IngestCounters.NameOf(signal), options!.Url, message);
    }
}
