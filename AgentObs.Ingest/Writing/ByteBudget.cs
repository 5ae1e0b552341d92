namespace AgentObs.Ingest.Writing;

/// <summary>Counts the bytes that are held for requests on their way; refuses when the limit is reached.</summary>
internal sealed class ByteBudget(long limit)
{
    private long used;

    public long Limit { get; } = limit;

    public long Used => Volatile.Read(ref used);

    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref used, bytes) <= Limit)
        {
            return true;
        }

        Interlocked.Add(ref used, -bytes);
        return false;
    }

    public void Release(long bytes) => Interlocked.Add(ref used, -bytes);
}
