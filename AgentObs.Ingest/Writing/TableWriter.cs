using System.Threading.Channels;
using AgentObs.Ingest.Rows;
using AgentObs.Storage;

namespace AgentObs.Ingest.Writing;

/// <summary>
/// Commits one table's rows: all requests that have come in since the last commit go into one insert. When it fails for a reason that
/// is not storage's state, its requests are inserted one by one, so that only the poisoned one is refused.
/// </summary>
internal sealed class TableWriter
{
    private readonly Channel<PendingWrite> queue = Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly int table;
    private readonly NativeInsert insert;
    private readonly WriteLimits limits;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly List<PendingWrite> group = [];
    private readonly List<TableRows> rows = [];

    /// <param name="table">Index in <see cref="RowBatch.Tables"/>.</param>
    /// <param name="insert">Storage.</param>
    /// <param name="limits">Bounds.</param>
    /// <param name="time">Clock of the interval.</param>
    /// <param name="commits">Takes their figures.</param>
    /// <param name="log">Of failures.</param>
    public TableWriter(int table, NativeInsert insert, WriteLimits limits, TimeProvider time, CommitWindow commits, ILogger log)
    {
        Commits = commits;
        this.table = table;
        this.insert = insert;
        this.limits = limits;
        this.time = time;
        this.log = log;
        Running = RunAsync();
    }

    public CommitWindow Commits { get; }

    /// <summary>Completes after <see cref="Complete"/>, when all that was queued has been answered.</summary>
    public Task Running { get; }

    /// <summary>False after <see cref="Complete"/>.</summary>
    public bool TryQueue(PendingWrite write) => queue.Writer.TryWrite(write);

    public void Complete() => queue.Writer.TryComplete();

    private async Task RunAsync()
    {
        long lastStart = 0;
        while (await queue.Reader.WaitToReadAsync())
        {
            if (lastStart != 0)
            {
                var wait = limits.MinCommitInterval - time.GetElapsedTime(lastStart);
                if (wait > TimeSpan.Zero && !queue.Reader.Completion.IsCompleted)
                {
                    await Task.Delay(wait, time);
                }
            }

            lastStart = time.GetTimestamp();
            TakeGroup();
            await CommitAsync();
        }
    }

    private void TakeGroup()
    {
        group.Clear();
        var count = 0L;
        var bytes = 0L;
        while (queue.Reader.TryPeek(out var next))
        {
            var part = next.Batch.Tables[table];
            if (group.Count > 0 && (count + part.Count > limits.MaxCommitRows || bytes + part.Bytes > limits.MaxCommitBytes))
            {
                return;
            }

            queue.Reader.TryRead(out _);
            group.Add(next);
            count += part.Count;
            bytes += part.Bytes;
        }
    }

    private async Task CommitAsync()
    {
        var result = await TryInsertAsync(group);
        if (group.Count == 1 || result.Outcome != WriteOutcome.Poisoned)
        {
            foreach (var write in group)
            {
                write.TableDone(result);
            }

            return;
        }

        Log.CommitRetriedApart(log, group[0].Batch.Tables[table].Table, group.Count, result.Message);
        foreach (var write in group)
        {
            write.TableDone(await TryInsertAsync([write]));
        }
    }

    private async Task<WriteResult> TryInsertAsync(IReadOnlyList<PendingWrite> writes)
    {
        var began = time.GetTimestamp();
        var result = await InsertAsync(writes);
        Commits.Add(rows.Sum(r => r.Count), time.GetElapsedTime(began), result.Outcome == WriteOutcome.Committed);
        return result;
    }

    private async Task<WriteResult> InsertAsync(IReadOnlyList<PendingWrite> writes)
    {
        rows.Clear();
        foreach (var write in writes)
        {
            rows.Add(write.Batch.Tables[table]);
        }

        try
        {
            await insert(rows[0].Table, rows[0].ColumnNames, (body, cancellation) => NativeBlock.WriteAsync(rows, body, cancellation), CancellationToken.None);
            return WriteResult.Committed;
        }
        catch (StorageException e)
        {
            Log.CommitFailed(log, rows[0].Table, rows.Count, e);
            return new WriteResult(IsPoison(e) ? WriteOutcome.Poisoned : WriteOutcome.Unavailable, $"{rows[0].Table}: {e.Message}");
        }
        catch (Exception e)
        {
            // The loop must outlive everything: whatever it was, the senders keep their data and come again.
            Log.CommitFailed(log, rows[0].Table, rows.Count, e);
            return new WriteResult(WriteOutcome.Unavailable, $"{rows[0].Table}: {e.Message}");
        }
    }

    /// <summary>
    /// The rows are at fault, not the state of storage. A missing database, table or column (81, 60, 16) is a fault of the schema,
    /// which someone can mend while senders keep their data.
    /// </summary>
    private static bool IsPoison(StorageException e) => !e.IsRetryable && e.Code is not (0 or 16 or 60 or 81);
}
