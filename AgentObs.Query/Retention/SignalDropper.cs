using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Drops what of a signal was received before a time, whole traces at once, and brings links, sessions and lists to what is left.
/// What is to go is written down first and read back from there, so that a drop which broke off is finished by the next one.
/// </summary>
internal sealed class SignalDropper(ClickHouseStore store, RetentionReader reader, DroppedSessions sessions, TimeProvider time, ILogger<SignalDropper> logger)
{
    private static readonly TimeSpan MutationPoll = TimeSpan.FromMilliseconds(50);
    private static readonly SqlFile FindTraces = Sql.Load("Retention/FindTraces.sql");
    private static readonly SqlFile FindRuns = Sql.Load("Retention/FindRuns.sql");
    private static readonly SqlFile FindLogRuns = Sql.Load("Retention/FindLogRuns.sql");
    private static readonly SqlFile BeginDrop = Sql.Load("Retention/BeginDrop.sql");
    private static readonly SqlFile ReadPending = Sql.Load("Retention/ReadPending.sql");
    private static readonly SqlFile ClearPending = Sql.Load("Retention/ClearPending.sql");
    private static readonly SqlFile CountTracedRows = Sql.Load("Retention/CountTracedRows.sql");
    private static readonly SqlFile CountPoints = Sql.Load("Retention/CountPoints.sql");
    private static readonly SqlFile DropTracedRows = Sql.Load("Retention/DropTracedRows.sql");
    private static readonly SqlFile DropPoints = Sql.Load("Retention/DropPoints.sql");
    private static readonly SqlFile ListMutations = Sql.Load("Retention/ListMutations.sql");
    private static readonly SqlFile KillMutation = Sql.Load("Retention/KillMutation.sql");
    private static readonly SqlFile FindDropped = Sql.Load("Retention/FindDropped.sql");
    private static readonly SqlFile WriteDropped = Sql.Load("Retention/WriteDropped.sql");

    /// <summary>Finishes a drop that was broken off, if there is one.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        foreach (var pending in await store.QueryAsync(ReadPending, null, PendingDrop.Read, ct))
        {
            await FinishAsync(pending, ct);
        }
    }

    /// <param name="cutoff">Unix milliseconds.</param>
    public async Task DropAsync(RetentionSignal signal, string reason, long cutoff, CancellationToken ct)
    {
        await store.ExecuteAsync(ClearPending, null, ct);
        var limit = new Dictionary<string, object?> { ["cutoff"] = cutoff };
        if (signal.HasTraces)
        {
            await store.ExecuteAsync(FindTraces, new Dictionary<string, object?>(limit) { ["table"] = signal.Tables[0] }, ct);
            await store.ExecuteAsync(FindRuns, null, ct);
        }

        if (signal.Name == "logs")
        {
            await store.ExecuteAsync(FindLogRuns, limit, ct);
        }

        var pending = new PendingDrop(signal, reason, cutoff, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (await CountAsync(pending, ct) is { Rows: 0 })
        {
            // A trace that goes on holds them.
            return;
        }

        await store.ExecuteAsync(
            BeginDrop, new Dictionary<string, object?>(limit) { ["signal"] = signal.Name, ["reason"] = reason, ["at"] = pending.At }, ct);
        await FinishAsync(pending, ct);
    }

    private async Task FinishAsync(PendingDrop pending, CancellationToken ct)
    {
        await WriteLogAsync(pending, ct);
        await DropRowsAsync(pending, ct);
        if (pending.Signal.HasTraces)
        {
            await sessions.RewriteAsync(pending, ct);
        }

        // Until then the same telemetry would be answered with success and stored nowhere.
        await store.ForgetInsertsAsync(pending.Signal.Tables, ct);
        await store.ExecuteAsync(ClearPending, null, ct);
    }

    private async Task WriteLogAsync(PendingDrop pending, CancellationToken ct)
    {
        var identity = new Dictionary<string, object?> { ["at"] = pending.At, ["signal"] = pending.Signal.Name, ["reason"] = pending.Reason };
        if ((await store.QueryAsync(FindDropped, identity, row => row.Number(0), ct)).Single() > 0)
        {
            return;
        }

        var (rows, bytes, oldest, newest) = await CountAsync(pending, ct);
        await store.ExecuteAsync(
            WriteDropped, new Dictionary<string, object?>(identity) { ["rows"] = rows, ["bytes"] = bytes, ["oldest"] = oldest, ["newest"] = newest }, ct);
        Log.Dropped(logger, rows, pending.Signal.Name, bytes, pending.Reason, DateTimeOffset.FromUnixTimeMilliseconds(pending.Cutoff));
    }

    private async Task<(ulong Rows, ulong Bytes, long Oldest, long Newest)> CountAsync(PendingDrop pending, CancellationToken ct)
    {
        var all = (Rows: 0UL, Bytes: 0UL, Oldest: long.MaxValue, Newest: long.MinValue);
        foreach (var (table, size) in await reader.MeasureAsync(pending.Signal, ct))
        {
            var (rows, oldest, newest) = (await store.QueryAsync(
                pending.Signal.HasTraces ? CountTracedRows : CountPoints, Bind(pending, table),
                row => (row.Number(0), row.GetInt64(1), row.GetInt64(2)), ct)).Single();
            if (rows > 0)
            {
                all = (all.Rows + rows, all.Bytes + (ulong)(rows * size.BytesPerRow), Math.Min(all.Oldest, oldest), Math.Max(all.Newest, newest));
            }
        }

        return all;
    }

    private async Task DropRowsAsync(PendingDrop pending, CancellationToken ct)
    {
        foreach (var table in pending.Signal.Tables)
        {
            await store.ExecuteAsync(pending.Signal.HasTraces ? DropTracedRows : DropPoints, Bind(pending, table), ct);
        }

        // The engine rewrites in the background: a statement that waited for it would hold one of the few connections that inserts need.
        var tables = new Dictionary<string, object?> { ["tables"] = pending.Signal.Tables.ToArray() };
        while (await store.QueryAsync(ListMutations, tables, row => (row.GetString(0), row.GetString(1), row.GetString(2)), ct) is { Count: > 0 } open)
        {
            if (open.Find(mutation => mutation.Item3.Length > 0) is { Item3: { } reason } failed)
            {
                await store.ExecuteAsync(
                    KillMutation, new Dictionary<string, object?> { ["table"] = failed.Item1, ["mutation"] = failed.Item2 }, ct);
                throw new StorageException($"Rows of {failed.Item1} could not be dropped: {reason}", isRetryable: true);
            }

            await Task.Delay(MutationPoll, time, ct);
        }
    }

    private static Dictionary<string, object?> Bind(PendingDrop pending, string table) => new() { ["table"] = table, ["cutoff"] = pending.Cutoff };
}
