namespace AgentObs.Query;

/// <summary>Tells subscribers which sessions changed. A slow subscriber gets several changes as one; none is lost.</summary>
internal sealed class LiveSessions
{
    private readonly Lock guard = new();
    private readonly HashSet<LiveSubscription> subscriptions = [];

    public LiveSubscription Subscribe()
    {
        var subscription = new LiveSubscription(this);
        lock (guard)
        {
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Changed(IReadOnlyList<SessionRow> rows)
    {
        if (rows.Count > 0)
        {
            Changed([.. rows.Select(row => row.SessionId)], rows.Max(row => row.LastReceivedAt));
        }
    }

    /// <param name="receivedAt">Unix milliseconds of the latest receipt; 0 for a deletion.</param>
    public void Changed(IReadOnlyList<string> sessionIds, long receivedAt)
    {
        lock (guard)
        {
            foreach (var subscription in subscriptions)
            {
                subscription.Add(sessionIds, receivedAt);
            }
        }
    }

    public void Leave(LiveSubscription subscription)
    {
        lock (guard)
        {
            subscriptions.Remove(subscription);
        }
    }
}
