using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest;

/// <summary>What one signal has had since the start. Guarded by <see cref="IngestCounters"/>.</summary>
internal sealed class SignalCounts(TimeProvider time)
{
    public long Requests { get; set; }

    public long Records { get; set; }

    public long Bytes { get; set; }

    public long Rejected { get; set; }

    public long Abandoned { get; set; }

    public RateWindow Rate { get; } = new(time);

    public RateWindow RequestRate { get; } = new(time);

    public Dictionary<OtlpOutcome, long> Refused { get; } = [];

    public SignalSummary Summarize(string name) => new(
        name, Requests, Math.Round(RequestRate.PerSecond(), 2), Records, Math.Round(Rate.PerSecond(), 2), Bytes, Rejected, Abandoned,
        Refused.ToDictionary(r => r.Key.ToString(), r => r.Value));
}
