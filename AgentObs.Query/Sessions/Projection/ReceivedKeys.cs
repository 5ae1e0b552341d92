using System.Data.Common;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Knows which received traces and runs are new since it was last asked. It reads an overlap each time, because rows show later than their
/// ReceivedAt says, and remembers what of it was handled.
/// </summary>
internal sealed class ReceivedKeys(ClickHouseStore store)
{
    private const long OverlapMilliseconds = 60_000;
    private const long LinksLaterMilliseconds = 30_000;
    private static readonly SqlFile ReadReceivedSpans = Sql.Load("Sessions/Projection/ReadReceivedSpans.sql");
    private static readonly SqlFile ReadReceivedLogs = Sql.Load("Sessions/Projection/ReadReceivedLogs.sql");
    private readonly Dictionary<ReceivedKey, ulong> handled = [];

    private readonly Dictionary<ReceivedKey, (long Since, bool Placed)> waiting = [];
    private long latest;

    /// <summary>Up to which receipt everything was handled, in Unix milliseconds.</summary>
    public long Cursor => waiting.Count == 0 ? latest : Math.Min(latest, waiting.Keys.Min(key => key.At));

    /// <summary>The strays of this receipt have their places; it is looked at again only because links may come.</summary>
    public bool IsPlaced(ReceivedKey key) => waiting.GetValueOrDefault(key).Placed;

    public void StartAt(long milliseconds) => latest = milliseconds;

    public void Clear()
    {
        handled.Clear();
        waiting.Clear();
        latest = 0;
    }

    /// <returns>New keys with their numbers of rows.</returns>
    public async Task<Dictionary<ReceivedKey, ulong>> ReadNewAsync(CancellationToken ct)
    {
        var since = new Dictionary<string, object?> { ["since"] = Math.Max(0, Cursor - OverlapMilliseconds) };
        var read = await store.QueryAsync(ReadReceivedSpans, since, Read, ct);
        read.AddRange(await store.QueryAsync(ReadReceivedLogs, since, Read, ct));

        // A span and a log record of one trace, without a run and received in the same millisecond, have one key.
        return read.GroupBy(found => found.Key, found => found.Rows)
            .Select(found => (found.Key, Rows: found.Aggregate(0UL, (sum, rows) => sum + rows)))
            .Where(found => handled.GetValueOrDefault(found.Key) != found.Rows)
            .ToDictionary(found => found.Key, found => found.Rows);
    }

    /// <summary>
    /// The sessions that the keys changed are known: they are not new any more unless more of them arrives. An insert's rows show before those that its
    /// views make of them: what leads to no session stays new until its links would be there, also of an insert that took long.
    /// </summary>
    /// <param name="keys">As they were read.</param>
    /// <param name="unlinked">
    /// Those of them that no link leads to a session from, strays and what is being inserted at this moment; true where its strays have their places.
    /// </param>
    /// <param name="now">Unix milliseconds.</param>
    public void Handled(Dictionary<ReceivedKey, ulong> keys, Dictionary<ReceivedKey, bool> unlinked, long now)
    {
        foreach (var (key, rows) in keys)
        {
            if (unlinked.TryGetValue(key, out var placed))
            {
                var since = waiting.TryGetValue(key, out var before) ? before.Since : now;
                waiting[key] = (since, placed);
                if (now - since < LinksLaterMilliseconds)
                {
                    continue;
                }
            }

            waiting.Remove(key);
            handled[key] = rows;
            latest = Math.Max(latest, key.At);
        }

        foreach (var gone in waiting.Keys.Where(key => !keys.ContainsKey(key)).ToList())
        {
            // Deleted, or more of it came: that is another count and waits anew.
            waiting.Remove(gone);
        }

        var oldest = Cursor - OverlapMilliseconds;
        foreach (var key in handled.Keys)
        {
            if (key.At < oldest)
            {
                handled.Remove(key);
            }
        }
    }

    private static (ReceivedKey Key, ulong Rows) Read(DbDataReader row) =>
        (new ReceivedKey(row.GetString(0), row.GetString(1), row.GetInt64(2)), row.Number(3));
}
