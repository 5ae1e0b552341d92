using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Writing;

/// <summary>A request that waits for the commits of its tables.</summary>
internal sealed class PendingWrite(RowBatch batch, int tables, long queuedAt)
{
    private readonly TaskCompletionSource<WriteResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private WriteResult worst = WriteResult.Committed;
    private int open = tables;

    public RowBatch Batch { get; } = batch;

    /// <summary>Timestamp of the clock of the writer.</summary>
    public long QueuedAt { get; } = queuedAt;

    /// <summary>Completes when all tables have answered: the rows are in use until then.</summary>
    public Task<WriteResult> Done => done.Task;

    public void TableDone(WriteResult result)
    {
        lock (gate)
        {
            if (result.Outcome > worst.Outcome)
            {
                worst = result;
            }

            if (--open > 0)
            {
                return;
            }
        }

        done.SetResult(worst);
    }
}
