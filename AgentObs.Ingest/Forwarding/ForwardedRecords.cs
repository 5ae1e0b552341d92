namespace AgentObs.Ingest.Forwarding;

/// <summary>
/// Which records were sent on lately, in memory that never grows: 2 MiB, the last 200,000 or so. Numbers fall into buckets of 32; the 33rd of a bucket
/// takes the place of the first.
/// </summary>
internal sealed class ForwardedRecords
{
    private const int Buckets = 1 << 13;
    private const int Ways = 32;

    private readonly ulong[] slots = new ulong[Buckets * Ways];
    private readonly byte[] next = new byte[Buckets];

    /// <param name="identity">Evenly spread over all numbers, as a hash is.</param>
    /// <returns>False: it is there already.</returns>
    public bool Add(ulong identity)
    {
        // An empty slot is 0.
        identity = Math.Max(identity, 1);
        var bucket = (int)(identity % Buckets);
        var ways = slots.AsSpan(bucket * Ways, Ways);
        if (ways.Contains(identity))
        {
            return false;
        }

        ways[next[bucket]] = identity;
        next[bucket] = (byte)((next[bucket] + 1) % Ways);
        return true;
    }
}
