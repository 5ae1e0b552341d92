using System.Collections.Concurrent;

namespace AgentObs.Ingest.Rows;

/// <summary>Row batches for reuse: their columns keep small buffers.</summary>
internal sealed class RowBatchPool
{
    /// <summary>Batches kept; a batch has 150 buffers of at most 16 KiB, of which one signal uses up to 40.</summary>
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
