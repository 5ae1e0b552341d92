using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Reads what is stored of each signal, when it was received, and what was dropped.</summary>
internal sealed class RetentionReader(ClickHouseStore store)
{
    private static readonly SqlFile MeasureTables = Sql.Load("Retention/MeasureTables.sql");
    private static readonly SqlFile ReadOldest = Sql.Load("Retention/ReadOldest.sql");
    private static readonly SqlFile ListTraceReceipts = Sql.Load("Retention/ListTraceReceipts.sql");
    private static readonly SqlFile ListPointReceipts = Sql.Load("Retention/ListPointReceipts.sql");
    private static readonly SqlFile ListDropped = Sql.Load("Retention/ListDropped.sql");

    /// <summary>By table; one that holds nothing is not in it.</summary>
    public async Task<Dictionary<string, TableSize>> MeasureAsync(RetentionSignal signal, CancellationToken ct) =>
        (await store.QueryAsync(
            MeasureTables,
            new Dictionary<string, object?> { ["tables"] = signal.Tables.ToArray() },
            row => (Table: row.GetString(0), Size: new TableSize((long)row.Number(1), (long)row.Number(2))),
            ct)).ToDictionary(found => found.Table, found => found.Size, StringComparer.Ordinal);

    /// <summary>The first receipt in Unix milliseconds; null where nothing is stored.</summary>
    public async Task<long?> OldestAsync(RetentionSignal signal, CancellationToken ct)
    {
        long? oldest = null;
        foreach (var table in signal.Tables)
        {
            var (at, rows) = (await store.QueryAsync(ReadOldest, Table(table), row => (row.GetInt64(0), row.Number(1)), ct)).Single();
            oldest = rows == 0 || oldest < at ? oldest : at;
        }

        return oldest;
    }

    /// <summary>In the order of time.</summary>
    public async Task<List<Receipts>> ReceiptsAsync(RetentionSignal signal, Dictionary<string, TableSize> sizes, CancellationToken ct)
    {
        var minutes = new SortedDictionary<long, double>();
        foreach (var (table, size) in sizes)
        {
            var found = await store.QueryAsync(
                signal.HasTraces ? ListTraceReceipts : ListPointReceipts, Table(table), row => (row.GetInt64(0), row.Number(1)), ct);
            foreach (var (minute, rows) in found)
            {
                minutes[minute] = minutes.GetValueOrDefault(minute) + (rows * size.BytesPerRow);
            }
        }

        return [.. minutes.Select(minute => new Receipts(minute.Key, minute.Value))];
    }

    public Task<List<RetentionDrop>> DroppedAsync(int limit, CancellationToken ct) => store.QueryAsync(
        ListDropped,
        new Dictionary<string, object?> { ["limit"] = limit },
        row => new RetentionDrop(
            row.Milliseconds(0), row.GetString(1), row.GetString(2), (long)row.Number(3), (long)row.Number(4), row.Milliseconds(5), row.Milliseconds(6)),
        ct);

    private static Dictionary<string, object?> Table(string table) => new() { ["table"] = table };
}
