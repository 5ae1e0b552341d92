using System.Diagnostics.Metrics;

namespace AgentObs.Ingest;

/// <summary>
/// The figures of <c>GET /api/ingest</c> as instruments of the meter <c>AgentObs.Ingest</c>: read by <c>dotnet-counters monitor --counters
/// AgentObs.Ingest</c>, and by whatever exporter a host adds. Nothing is exported by itself.
/// </summary>
internal sealed class IngestMetrics : IDisposable
{
    public const string MeterName = "AgentObs.Ingest";

    private readonly Meter meter = new(MeterName);
    private readonly Counter<long> requests;
    private readonly Counter<long> records;
    private readonly Counter<long> bytes;
    private readonly Counter<long> rejected;
    private readonly Counter<long> refused;
    private readonly Counter<long> limits;
    private readonly Counter<long> forwarded;
    private readonly Histogram<double> commitDuration;
    private readonly Histogram<long> commitRows;

    public IngestMetrics()
    {
        requests = meter.CreateCounter<long>("agentobs.ingest.requests", "{request}", "Requests stored, by signal.");
        records = meter.CreateCounter<long>("agentobs.ingest.records", "{record}", "Spans, log records and data points stored, by signal.");
        bytes = meter.CreateCounter<long>("agentobs.ingest.bytes", "By", "Bytes of the requests stored, decompressed, by signal.");
        rejected = meter.CreateCounter<long>("agentobs.ingest.rejected", "{record}", "Records left out of requests that were stored, by signal.");
        refused = meter.CreateCounter<long>("agentobs.ingest.refused", "{request}", "Requests not stored, by signal and outcome.");
        limits = meter.CreateCounter<long>("agentobs.ingest.limits", "{time}", "How often a limit was met, by its name.");
        forwarded = meter.CreateCounter<long>("agentobs.ingest.forwarded", "{request}", "Requests sent on to the target of forwarding, by signal and outcome.");
        commitDuration = meter.CreateHistogram<double>("agentobs.ingest.commit.duration", "s", "Duration of a commit, by table.");
        commitRows = meter.CreateHistogram<long>("agentobs.ingest.commit.rows", "{row}", "Rows of a commit, by table.");
    }

    public void Stored(string signal, int count, long size)
    {
        var tag = new KeyValuePair<string, object?>("signal", signal);
        requests.Add(1, tag);
        records.Add(count, tag);
        bytes.Add(size, tag);
    }

    public void Rejected(string signal, int count) => rejected.Add(count, new KeyValuePair<string, object?>("signal", signal));

    public void Refused(string signal, string outcome) =>
        refused.Add(1, new KeyValuePair<string, object?>("signal", signal), new KeyValuePair<string, object?>("outcome", outcome));

    public void Met(string limit, int times) => limits.Add(times, new KeyValuePair<string, object?>("limit", limit));

    public void Forwarded(string signal, int sent, int refused, int dropped, int retried)
    {
        foreach (var (outcome, count) in new[] { ("sent", sent), ("refused", refused), ("dropped", dropped), ("retried", retried) }.Where(counted => counted.Item2 > 0))
        {
            forwarded.Add(count, new KeyValuePair<string, object?>("signal", signal), new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    public void Committed(string table, int rows, TimeSpan duration)
    {
        var tag = new KeyValuePair<string, object?>("table", table);
        commitDuration.Record(duration.TotalSeconds, tag);
        commitRows.Record(rows, tag);
    }

    /// <summary>Figures that are looked at when somebody asks.</summary>
    public void Observe(Func<QueueSummary> queue, Func<int> connections)
    {
        meter.CreateObservableGauge("agentobs.ingest.queue.bytes", () => queue().Bytes, "By", "Memory of the requests on their way.");
        meter.CreateObservableGauge("agentobs.ingest.queue.waiting", () => queue().Waiting, "{request}", "Requests that wait for their commit.");
        meter.CreateObservableGauge("agentobs.ingest.queue.oldest", () => queue().OldestMilliseconds / 1000, "s", "How long the first of them has waited.");
        meter.CreateObservableGauge("agentobs.ingest.connections", connections, "{connection}", "Connections open on the OTLP ports.");
    }

    public void Dispose() => meter.Dispose();
}
