using AgentObs.Conventions;
using AgentObs.Ingest.Otlp;
using AgentObs.Ingest.Writing;

namespace AgentObs.Ingest;

/// <summary>What Ingest has taken and refused since the start of the process.</summary>
internal sealed class IngestCounters(TimeProvider time)
{
    /// <summary>Clients whose last error is kept; the one that failed longest ago makes room.</summary>
    private const int MaxClients = 64;

    private static readonly string[] SignalNames = ["traces", "logs", "metrics"];

    private readonly Lock gate = new();
    private readonly SignalCounts[] signals = [new(time), new(time), new(time)];
    private readonly Dictionary<string, ClientError> errors = [];
    private readonly SortedDictionary<string, long> redactions = new(StringComparer.Ordinal);

    public static string NameOf(OtlpSignal signal) => SignalNames[(int)signal];

    public void Stored(OtlpSignal signal, int records, long bytes)
    {
        lock (gate)
        {
            var counts = signals[(int)signal];
            counts.Requests++;
            counts.Records += records;
            counts.Bytes += bytes;
            counts.Rate.Add(records);
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

    public void Rejected(OtlpSignal signal, int records, string client, string message)
    {
        lock (gate)
        {
            signals[(int)signal].Rejected += records;
            Remember(client, signal, message);
        }
    }

    public void Refused(OtlpSignal signal, OtlpOutcome outcome, string client, string message)
    {
        lock (gate)
        {
            var refused = signals[(int)signal].Refused;
            refused[outcome] = refused.GetValueOrDefault(outcome) + 1;
            Remember(client, signal, message);
        }
    }

    public IngestSummary Summarize(ByteBudget budget)
    {
        lock (gate)
        {
            return new IngestSummary(
                [.. signals.Select((s, i) => new SignalSummary(
                    SignalNames[i], s.Requests, s.Records, Math.Round(s.Rate.PerSecond(), 2), s.Bytes, s.Rejected,
                    s.Refused.ToDictionary(r => r.Key.ToString(), r => r.Value)))],
                new QueueSummary(budget.Used, budget.Limit),
                new RedactionSummary(redactions.Values.Sum(), new Dictionary<string, long>(redactions)),
                [.. errors.Values.OrderByDescending(e => e.Time, StringComparer.Ordinal)]);
        }
    }

    private void Remember(string client, OtlpSignal signal, string message)
    {
        if (errors.Count >= MaxClients && !errors.ContainsKey(client))
        {
            errors.Remove(errors.MinBy(e => e.Value.Time, StringComparer.Ordinal).Key);
        }

        errors[client] = new ClientError(client, NameOf(signal), message, UnixNano.FromDateTimeOffset(time.GetUtcNow()).ToString());
    }
}
