namespace AgentObs.Query;

/// <summary>Before which receipt rows go, in Unix milliseconds. Pure.</summary>
internal static class RetentionCutoff
{
    public const long Minute = 60_000;
    private const long Day = 86_400_000;

    /// <summary>Dropping rewrites parts: under a size limit it makes room for a while, not for the next hour.</summary>
    private const double Room = 0.1;

    /// <summary>A midnight (UTC), so that a drop comes once a day: data goes when it is between the limit and a day more.</summary>
    public static long ByAge(DateTimeOffset now, int days) => ((now.ToUnixTimeMilliseconds() / Day) - days) * Day;

    /// <summary>The end of the minute after which little enough is left; null where the limit is kept.</summary>
    /// <param name="receipts">In the order of time.</param>
    public static long? BySize(IReadOnlyList<Receipts> receipts, long maxBytes)
    {
        var stored = receipts.Sum(minute => minute.Bytes);
        if (stored <= maxBytes)
        {
            return null;
        }

        var excess = stored - (maxBytes * (1 - Room));
        foreach (var minute in receipts)
        {
            excess -= minute.Bytes;
            if (excess <= 0)
            {
                return (minute.Minute + 1) * Minute;
            }
        }

        return (receipts[^1].Minute + 1) * Minute;
    }
}
