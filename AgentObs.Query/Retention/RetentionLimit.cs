namespace AgentObs.Query;

/// <summary>How long and how much of a signal is kept.</summary>
/// <param name="Days">Days since the receipt; null for ever.</param>
/// <param name="Bytes">Bytes on disk; null without limit.</param>
public sealed record RetentionLimit(int? Days, long? Bytes)
{
    public static readonly RetentionLimit None = new(null, null);
}
