using System.Collections.Concurrent;
using AgentObs.Ingest.Forwarding;
using AgentObs.Ingest.Redaction;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;
using AgentObs.Ingest.Writing;

namespace AgentObs.Ingest.Otlp;

/// <summary>What both transports do with a body: decode it, store it, count it.</summary>
internal sealed class OtlpReceiver(
    RowWriter writer, RowBatchPool batches, IngestCounters counters, Forwarder forwarder, IngestLimits limits, TimeProvider time, ILogger<OtlpReceiver> log)
{
    private static readonly Dictionary<string, long> NoRedactions = [];

    private delegate void KeepBytes(ReadOnlySpan<byte> message);

    private readonly ConcurrentBag<SignalDecoder>[] decoders = [[], [], []];
    private readonly ConcurrentBag<RequestRedactor> redactors = [];

    /// <summary>Reads a request within its bounds, and stores it.</summary>
    /// <returns>Null where the sender has gone before its request was whole: there is nobody to answer.</returns>
    public async Task<OtlpAnswer?> ReceiveAsync(OtlpSignal signal, HttpContext context, Func<RequestBody, HttpContext, Task> read, bool isJson, string client)
    {
        if (ProtocolSwitch.IsTurnedAway(context))
        {
            return Refuse(signal, new OtlpAnswer(OtlpOutcome.Overloaded, $"more than {limits.Connections} connections: share one, or come again"), client);
        }

        using var body = new RequestBody(writer.Budget, limits, time);
        try
        {
            await read(body, context);
        }
        catch (OtlpRefusal refusal)
        {
            return Refuse(signal, refusal.Answer, client);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // One that only broke HTTP (a chunk of 2^64 bytes) is still there, and would take an empty 200 for "stored".
            counters.Abandoned(signal);
            context.Abort();
            return null;
        }

        return await ReceiveAsync(signal, isJson, body.Content, client, context.Request.Headers.ContainsKey(ForwardTransports.Mark));
    }

    /// <param name="signal">Of the request.</param>
    /// <param name="isJson">OTLP/JSON, else protobuf.</param>
    /// <param name="body">The message, decompressed; free again when this returns.</param>
    /// <param name="client">The sender's User-Agent.</param>
    /// <param name="isForwarded">Another AgentObs sent it on.</param>
    public async Task<OtlpAnswer> ReceiveAsync(OtlpSignal signal, bool isJson, PooledBuffer body, string client, bool isForwarded = false)
    {
        var batch = batches.Rent();
        Dictionary<string, long> redactions;
        byte[]? copy = null;
        try
        {
            redactions = Decode(signal, isJson, body, batch, forwarder.IsOn && !isForwarded ? clean => copy = clean.ToArray() : null);
        }
        catch (Exception e) when (e is OtlpFormatException or OtlpTooLargeException)
        {
            batches.Return(batch);
            return Refuse(signal, e is OtlpTooLargeException large
                ? new OtlpAnswer(OtlpOutcome.TooLarge, e.Message) { Limit = large.Limit }
                : new OtlpAnswer(OtlpOutcome.Undecodable, e.Message), client);
        }

        catch (Exception e)
        {
            // A defect of ours: this request alone is refused, with its reason, and its half-filled rows are not used again.
            Log.DecoderFailed(log, client, IngestCounters.NameOf(signal), e);
            return Refuse(signal, new OtlpAnswer(OtlpOutcome.Poisoned, $"AgentObs failed on this request: {e.GetType().Name}: {e.Message}"), client);
        }

        var (accepted, rejected, problem) = (batch.Accepted, batch.Rejected, batch.Problem);
        var limitsMet = batch.Problems.Limits.ToArray();
        var result = await writer.WriteAsync(batch);
        if (result.Outcome != WriteOutcome.Committed)
        {
            return Refuse(signal, new OtlpAnswer(OutcomeOf(result.Outcome), result.Message) { Limit = result.Limit }, client);
        }

        counters.Stored(signal, accepted, body.Length);
        if (copy is not null)
        {
            forwarder.Add(signal, copy);
        }

        if (redactions.Count > 0)
        {
            counters.Redacted(redactions);
            Log.Redacted(log, client, IngestCounters.NameOf(signal), redactions);
        }

        if (problem.Length == 0)
        {
            return OtlpAnswer.Stored;
        }

        counters.Rejected(signal, rejected, client, problem, limitsMet);
        Log.Rejected(log, client, rejected, IngestCounters.NameOf(signal), problem);
        return new OtlpAnswer(OtlpOutcome.Stored, problem, rejected);
    }

    /// <summary>Counts and logs a refusal; also those the transports decide on by themselves.</summary>
    public OtlpAnswer Refuse(OtlpSignal signal, OtlpAnswer answer, string client)
    {
        counters.Refused(signal, answer, client);
        Log.Refused(log, client, IngestCounters.NameOf(signal), answer.Outcome.ToString(), answer.Message);
        return answer;
    }

    /// <param name="keep">Is given the message without its secrets, as protobuf; null: nobody wants it.</param>
    /// <returns>Secrets taken out of the request, by kind.</returns>
    private Dictionary<string, long> Decode(OtlpSignal signal, bool isJson, PooledBuffer body, RowBatch batch, KeepBytes? keep)
    {
        if (!isJson)
        {
            return Decode(signal, body.Written, batch, keep);
        }

        using var wire = new PooledBuffer();
        JsonTranscoder.Transcode(body.Written, MessageOf(signal), wire);
        return Decode(signal, wire.Written, batch, keep);
    }

    private Dictionary<string, long> Decode(OtlpSignal signal, ReadOnlySpan<byte> wire, RowBatch batch, KeepBytes? keep)
    {
        using var clean = new PooledBuffer();
        var decoder = Rent(signal);
        var redactor = redactors.TryTake(out var used) ? used : new RequestRedactor(SecretList.Default);
        var isChanged = redactor.Redact(wire, MessageOf(signal), clean);
        var kept = isChanged ? clean.Written : wire;
        decoder.Decode(kept, batch);
        keep?.Invoke(kept);

        // What has thrown is not used again.
        var counts = isChanged ? redactor.Count() : NoRedactions;
        redactors.Add(redactor);
        decoders[(int)signal].Add(decoder);
        return counts;
    }

    private SignalDecoder Rent(OtlpSignal signal) => decoders[(int)signal].TryTake(out var decoder) ? decoder : signal switch
    {
        OtlpSignal.Traces => new SpanDecoder(),
        OtlpSignal.Logs => new LogDecoder(),
        _ => new MetricDecoder(),
    };

    internal static OtlpMessage MessageOf(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Traces => OtlpSchema.TraceRequest,
        OtlpSignal.Logs => OtlpSchema.LogsRequest,
        _ => OtlpSchema.MetricsRequest,
    };

    private static OtlpOutcome OutcomeOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Overloaded => OtlpOutcome.Overloaded,
        WriteOutcome.Poisoned => OtlpOutcome.Poisoned,
        _ => OtlpOutcome.Unavailable,
    };
}
