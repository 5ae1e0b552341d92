using System.Collections.Concurrent;

namespace AgentObs.Ingest.Rows;

/// <summary>Row batches for reuse: their columns keep small buffers.</summary>
internal sealed class RowBatchPool
{
    /// <summary>Batches kept; each holds at most a few MiB.</summary>
    private const int Kept = 32;

    private readonly ConcurrentBag<RowBatch> free = [];

    public RowBatch Rent() => free.TryTake(out var batch) ? batch : new RowBatch();

    public void Return(RowBatch batch)
    {
        batch.Clear();
        if (free.Count < Kept)
        {
            free.Add(batch);
        }
    }
}
