using System.Collections.Concurrent;
using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Writing;

/// <summary>
/// Stores rows: a bounded queue in front of one <see cref="TableWriter"/> a table. A request is acknowledged after all its tables have
/// committed, never before.
/// </summary>
internal sealed class RowWriter : IHostedService
{
    private readonly TableWriter[] tables;
    private readonly RowBatchPool batches;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<PendingWrite, byte> waiting = [];

    public RowWriter(NativeInsert insert, WriteLimits limits, RowBatchPool batches, TimeProvider time, IngestMetrics metrics, ILogger<RowWriter> log)
    {
        this.batches = batches;
        this.time = time;
        Budget = new ByteBudget(limits.QueueBytes);
        var shape = batches.Rent();
        tables = [.. Enumerable.Range(0, shape.Tables.Count).Select(t => new TableWriter(t, insert, limits, time, new CommitWindow(shape.Tables[t].Table, metrics), log))];
        batches.Return(shape);
    }

    /// <summary>Bytes held for requests on their way: bodies while they are read, rows until they are committed.</summary>
    public ByteBudget Budget { get; }

    /// <summary>Writes and gives the batch back to the pool.</summary>
    public async Task<WriteResult> WriteAsync(RowBatch batch)
    {
        var bytes = batch.Bytes;
        if (!Budget.TryReserve(bytes))
        {
            batches.Return(batch);
            return new WriteResult(WriteOutcome.Overloaded, $"the queue is full ({Budget.Limit} bytes): come again") { Limit = nameof(WriteLimits.QueueBytes) };
        }

        try
        {
            var open = batch.Tables.Count(t => t.Count > 0);
            return open == 0 ? WriteResult.Committed : await QueueAsync(batch, open);
        }
        finally
        {
            Budget.Release(bytes);
            batches.Return(batch);
        }
    }

    public IReadOnlyList<CommitSummary> SummarizeCommits() => [.. tables.Select(t => t.Commits.Summarize()).OfType<CommitSummary>()];

    public QueueSummary SummarizeQueue()
    {
        var oldest = waiting.Keys.Select(w => time.GetElapsedTime(w.QueuedAt).TotalMilliseconds).DefaultIfEmpty().Max();
        return new QueueSummary(Budget.Used, Budget.Limit, waiting.Count, Math.Round(oldest, 1));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Commits what is queued; requests that come now are refused. Kestrel, stopped before, has let the senders in flight finish.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            table.Complete();
        }

        await Task.WhenAll(tables.Select(t => t.Running)).WaitAsync(cancellationToken);
    }

    private async Task<WriteResult> QueueAsync(RowBatch batch, int open)
    {
        var write = new PendingWrite(batch, open, time.GetTimestamp());
        waiting[write] = 0;
        for (var t = 0; t < tables.Length; t++)
        {
            if (batch.Tables[t].Count > 0 && !tables[t].TryQueue(write))
            {
                write.TableDone(new WriteResult(WriteOutcome.Overloaded, "AgentObs is stopping"));
            }
        }

        try
        {
            return await write.Done;
        }
        finally
        {
            waiting.TryRemove(write, out _);
        }
    }
}
