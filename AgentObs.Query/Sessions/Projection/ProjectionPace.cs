namespace AgentObs.Query;

/// <summary>
/// Bounds what rebuilding costs while a session grows: it rests a multiple of the time that its last rebuild took, so that a session of
/// 100,000 spans is rebuilt seldom and a small one at once.
/// </summary>
internal sealed class ProjectionPace(TimeProvider time)
{
    private const int RestFactor = 3;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (long DueAt, int Failures)> rests = new(StringComparer.Ordinal);

    public bool IsDue(string sessionId) => Rest(sessionId) <= TimeSpan.Zero;

    public bool IsFailing(string sessionId) => rests.TryGetValue(sessionId, out var rest) && rest.Failures > 0;

    /// <summary>How long the session rests from now; zero or less where it is due.</summary>
    public TimeSpan Rest(string sessionId) => rests.TryGetValue(sessionId, out var rest)
        ? TimeSpan.FromSeconds((rest.DueAt - time.GetTimestamp()) / (double)time.TimestampFrequency)
        : TimeSpan.Zero;

    public void Built(string sessionId, TimeSpan took)
    {
        if (rests.Count > 1000)
        {
            Forget();
        }

        rests[sessionId] = (After(Shorter(took * RestFactor, LongestRest)), 0);
    }

    /// <returns>How long until the next try.</returns>
    public TimeSpan Failed(string sessionId)
    {
        var failures = rests.TryGetValue(sessionId, out var rest) ? rest.Failures + 1 : 1;
        var retry = Shorter(FirstRetry * Math.Pow(2, Math.Min(failures - 1, 10)), LongestRest);
        rests[sessionId] = (After(retry), failures);
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
