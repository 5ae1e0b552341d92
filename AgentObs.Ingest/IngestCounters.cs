using AgentObs.Conventions;
using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest;

/// <summary>What Ingest has taken and refused since the start of the process; the same goes to <see cref="IngestMetrics"/>.</summary>
internal sealed class IngestCounters(TimeProvider time, IngestMetrics metrics)
{
    /// <summary>Clients whose last error is kept; the one that failed longest ago makes room.</summary>
    private const int MaxClients = 64;

    private static readonly string[] SignalNames = ["traces", "logs", "metrics"];

    private readonly Lock gate = new();
    private readonly SignalCounts[] signals = [new(time), new(time), new(time)];
    private readonly Dictionary<string, ClientError> errors = [];
    private readonly SortedDictionary<string, long> limits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> redactions = new(StringComparer.Ordinal);

    public static string NameOf(OtlpSignal signal) => SignalNames[(int)signal];

    public void Stored(OtlpSignal signal, int records, long bytes)
    {
        metrics.Stored(NameOf(signal), records, bytes);
        lock (gate)
        {
            var counts = signals[(int)signal];
            counts.Requests++;
            counts.Records += records;
            counts.Bytes += bytes;
            counts.Rate.Add(records);
            counts.RequestRate.Add(1);
        }
    }

    /// <param name="byKind">Secrets taken out of a request that was stored: <c>github-token</c>, 2.</param>
    public void Redacted(IReadOnlyDictionary<string, long> byKind)
    {
        lock (gate)
        {
            foreach (var (kind, count) in byKind)
            {
                redactions[kind] = redactions.GetValueOrDefault(kind) + count;
            }
        }
    }

    /// <param name="signal">Of the request.</param>
    /// <param name="records">Left out of it.</param>
    /// <param name="client">Its sender.</param>
    /// <param name="message">Why.</param>
    /// <param name="limitsMet">How often which limit was the reason.</param>
    public void Rejected(OtlpSignal signal, int records, string client, string message, IReadOnlyCollection<KeyValuePair<string, int>> limitsMet)
    {
        metrics.Rejected(NameOf(signal), records);
        lock (gate)
        {
            signals[(int)signal].Rejected += records;
            Remember(client, signal, records > 0 ? "Rejected" : "Warning", message);
            foreach (var (limit, count) in limitsMet)
            {
                Count(limit, count);
            }
        }
    }

    public void Refused(OtlpSignal signal, OtlpAnswer answer, string client)
    {
        metrics.Refused(NameOf(signal), answer.Outcome.ToString());
        lock (gate)
        {
            var refused = signals[(int)signal].Refused;
            refused[answer.Outcome] = refused.GetValueOrDefault(answer.Outcome) + 1;
            Remember(client, signal, answer.Outcome.ToString(), answer.Message);
            if (answer.Limit.Length > 0)
            {
                Count(answer.Limit, 1);
            }
        }
    }

    /// <summary>A sender has gone before its request was whole.</summary>
    public void Abandoned(OtlpSignal signal)
    {
        lock (gate)
        {
            signals[(int)signal].Abandoned++;
        }
    }

    /// <summary>A connection has met a limit, before it was a request.</summary>
    public void Met(string limit)
    {
        lock (gate)
        {
            Count(limit, 1);
        }
    }

    /// <param name="queue">As of now.</param>
    /// <param name="commits">As of now.</param>
    /// <param name="connections">Open on the OTLP ports.</param>
    public IngestSummary Summarize(QueueSummary queue, IReadOnlyList<CommitSummary> commits, int connections)
    {
        lock (gate)
        {
            return new IngestSummary(
                [.. signals.Select((s, i) => s.Summarize(SignalNames[i]))],
                queue,
                commits,
                connections,
                new Dictionary<string, long>(limits),
                new RedactionSummary(redactions.Values.Sum(), new Dictionary<string, long>(redactions)),
                [.. errors.Values.OrderByDescending(e => e.Time, StringComparer.Ordinal)]);
        }
    }

    private void Count(string limit, int times)
    {
        metrics.Met(limit, times);
        limits[limit] = limits.GetValueOrDefault(limit) + times;
    }

    private void Remember(string client, OtlpSignal signal, string reason, string message)
    {
        if (errors.Count >= MaxClients && !errors.ContainsKey(client))
        {
            errors.Remove(errors.MinBy(e => e.Value.Time, StringComparer.Ordinal).Key);
        }

        var count = errors.TryGetValue(client, out var before) ? before.Count + 1 : 1;
        errors[client] = new ClientError(client, NameOf(signal), reason, message, count, UnixNano.FromDateTimeOffset(time.GetUtcNow()).ToString());
    }
}
