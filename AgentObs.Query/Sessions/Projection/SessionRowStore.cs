using System.Text.Json;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Writes agentobs_session and reads what the projector needs of it.</summary>
internal sealed class SessionRowStore(ClickHouseStore store)
{
    // A server refuses parameters of more than a megabyte in a URL (http_max_uri_size), and escaping may double them.
    private const int BatchChars = 250_000;
    private static readonly SqlFile WriteSessions = Sql.Load("Sessions/Projection/WriteSessions.sql");
    private static readonly SqlFile ReadProjectedTo = Sql.Load("Sessions/Projection/ReadProjectedTo.sql");
    private static readonly SqlFile FindProjected = Sql.Load("Sessions/Projection/FindProjected.sql");

    public async Task WriteAsync(IReadOnlyList<SessionRow> rows, CancellationToken ct)
    {
        var batch = new List<string>();
        var chars = 0;
        foreach (var row in rows)
        {
            var json = JsonSerializer.Serialize(row, SessionRowJsonContext.Default.SessionRow);
            if (chars + json.Length > BatchChars && batch.Count > 0)
            {
                await FlushAsync(batch, ct);
                (batch, chars) = ([], 0);
            }

            batch.Add(json);
            chars += json.Length + 1;
        }

        if (batch.Count > 0)
        {
            await FlushAsync(batch, ct);
        }
    }

    /// <summary>Unix milliseconds up to which everything received is projected; 0 where nothing is.</summary>
    public async Task<long> ProjectedToAsync(CancellationToken ct) =>
        (await store.QueryAsync(ReadProjectedTo, new Dictionary<string, object?> { ["rules"] = SessionRow.CurrentRules }, row => row.GetInt64(0), ct)).FirstOrDefault();

    /// <summary>Those of the runs that have a row as a session of their own.</summary>
    public async Task<List<string>> ProjectedAsync(IReadOnlyCollection<string> runIds, CancellationToken ct) => runIds.Count == 0
        ? []
        : await store.QueryAsync(FindProjected, new Dictionary<string, object?> { ["runs"] = runIds.ToArray() }, row => row.GetString(0), ct);

    private Task FlushAsync(List<string> batch, CancellationToken ct) =>
        store.ExecuteAsync(WriteSessions, new Dictionary<string, object?> { ["rows"] = $"[{string.Join(',', batch)}]" }, ct);
}
