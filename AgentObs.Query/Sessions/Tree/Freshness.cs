namespace AgentObs.Query;

/// <summary>How long after the last receipt more is expected of an agent.</summary>
internal static class Freshness
{
    public const long Nano = 60_000_000_000;
}
