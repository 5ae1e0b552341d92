namespace AgentObs.Ingest;

/// <summary>Counts per second over the last minute. Not thread-safe.</summary>
internal sealed class RateWindow(TimeProvider time)
{
    private const int Seconds = 60;

    private readonly long[] counts = new long[Seconds];
    private readonly long[] seconds = new long[Seconds];

    public void Add(long count)
    {
        var now = Now();
        var slot = now % Seconds;
        if (seconds[slot] != now)
        {
            seconds[slot] = now;
            counts[slot] = 0;
        }

        counts[slot] += count;
    }

    /// <summary>Mean of the last minute.</summary>
    public double PerSecond()
    {
        var oldest = Now() - Seconds;
        return Enumerable.Range(0, Seconds).Where(i => seconds[i] > oldest).Sum(i => counts[i]) / (double)Seconds;
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;
}
