using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest;

/// <summary>What one signal has had since the start. Guarded by <see cref="IngestCounters"/>.</summary>
internal sealed class SignalCounts(TimeProvider time)
{
    public long Requests { get; set; }

    public long Records { get; set; }

    public long Bytes { get; set; }

    public long Rejected { get; set; }

    public RateWindow Rate { get; } = new(time);

    public Dictionary<OtlpOutcome, long> Refused { get; } = [];
}
