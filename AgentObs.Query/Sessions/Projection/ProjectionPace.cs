namespace AgentObs.Query;

/// <summary>
/// Bounds what rebuilding costs while a session grows: it rests a multiple of the time that its last rebuild took, so that a session of
/// 100,000 spans is rebuilt seldom and a small one at once.
/// </summary>
internal sealed class ProjectionPace(TimeProvider time)
{
    private const int RestFactor = 3;
    private const int FailuresThatLast = 3;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (long DueAt, TimeSpan Length, int Failures)> rests = new(StringComparer.Ordinal);

    /// <summary>True after several tries: a failure that passes (memory, a busy disk) is no reason to show less than there is.</summary>
    public bool IsFailing(string sessionId) => rests.TryGetValue(sessionId, out var rest) && rest.Failures >= FailuresThatLast;

    /// <summary>How long the session rests from now; zero or less where it is due.</summary>
    /// <param name="urgent">Somebody waits for it: it rests as long as its last rebuild took, no longer.</param>
    public TimeSpan Rest(string sessionId, bool urgent)
    {
        if (!rests.TryGetValue(sessionId, out var rest))
        {
            return TimeSpan.Zero;
        }

        var skipped = urgent && rest.Failures == 0 ? rest.Length * (RestFactor - 1) / RestFactor : TimeSpan.Zero;
        return TimeSpan.FromSeconds((rest.DueAt - time.GetTimestamp()) / (double)time.TimestampFrequency) - skipped;
    }

    public void Built(string sessionId, TimeSpan took)
    {
        if (rests.Count > 1000)
        {
            Forget();
        }

        var length = Shorter(took * RestFactor, LongestRest);
        rests[sessionId] = (After(length), length, 0);
    }

    /// <returns>How long until the next try.</returns>
    public TimeSpan Failed(string sessionId)
    {
        var failures = rests.TryGetValue(sessionId, out var rest) ? rest.Failures + 1 : 1;
        var retry = Shorter(FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10)), LongestRest);
        rests[sessionId] = (After(retry), retry, failures);
        return retry;
    }

    private long After(TimeSpan rest) => time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency);

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private void Forget()
    {
        foreach (var (sessionId, rest) in rests)
        {
            if (rest.Failures == 0 && rest.DueAt <= time.GetTimestamp())
            {
                rests.Remove(sessionId);
            }
        }
    }
}
