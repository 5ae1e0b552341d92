namespace AgentObs.Ingest.Forwarding;

/// <summary>The counts of <see cref="ForwardSignal"/> while they grow.</summary>
internal sealed class ForwardCounts
{
    public long Sent { get; set; }

    public long Refused { get; set; }

    public long Dropped { get; set; }

    public long Retried { get; set; }

    public long Records { get; set; }

    public long Repeated { get; set; }
}
