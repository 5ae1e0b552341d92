namespace AgentObs.Query;

/// <summary>One listener's changes since it last looked.</summary>
internal sealed class LiveSubscription(LiveSessions owner) : IDisposable
{
    private readonly Lock guard = new();
    private readonly SemaphoreSlim signal = new(0, 1);
    private readonly SortedSet<string> pending = new(StringComparer.Ordinal);
    private long receivedAt;

    public void Add(IReadOnlyList<string> sessionIds, long at)
    {
        lock (guard)
        {
            pending.UnionWith(sessionIds);
            receivedAt = Math.Max(receivedAt, at);
            if (signal.CurrentCount == 0)
            {
                signal.Release();
            }
        }
    }

    /// <returns>The change with the latest receipt among it in Unix milliseconds; null when nothing changed within the time.</returns>
    public async Task<(LiveChange Change, long ReceivedAt)?> NextAsync(TimeSpan timeout, CancellationToken ct)
    {
        if (!await signal.WaitAsync(timeout, ct))
        {
            return null;
        }

        lock (guard)
        {
            var change = (new LiveChange([.. pending]), receivedAt);
            pending.Clear();
            return change;
        }
    }

    public void Dispose()
    {
        owner.Leave(this);
        signal.Dispose();
    }
}
