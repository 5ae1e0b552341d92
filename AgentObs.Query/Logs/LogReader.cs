using AgentObs.Storage;

namespace AgentObs.Query;

internal sealed class LogReader(ClickHouseStore store, SessionLinks links)
{
    private static readonly SqlFile ListLogs = Sql.Load("Logs/ListLogs.sql");
    private static readonly SqlFile ReadTraceLogs = Sql.Load("Logs/ReadTraceLogs.sql");

    public async Task<LogList> ListAsync(LogSearch search, CancellationToken ct)
    {
        var scope = await ScopeAsync(search.Session, ct);
        var found = await store.QueryAsync(
            ListLogs,
            new Dictionary<string, object?>
            {
                ["from"] = search.From.Value,
                ["to"] = search.To.Value,
                ["beforeTime"] = search.Before.Time,
                ["beforeId"] = search.Before.Id,
                ["inRuns"] = search.Session.Length > 0,
                ["runs"] = scope.RunIds,
                ["traces"] = scope.TraceIds,
                ["trace"] = search.Trace,
                ["span"] = search.Span,
                ["event"] = search.Event,
                ["severity"] = search.Severity,
                ["q"] = search.Q,
                ["take"] = search.Limit + 1,
            },
            LogColumns.Read,
            ct);
        if (found.Count <= search.Limit)
        {
            return new LogList(found, null);
        }

        found.RemoveRange(search.Limit, found.Count - search.Limit);
        var last = found[^1];
        return new LogList(found, new Cursor(last.Time.Value, last.Id).Encode(Cursor.Logs));
    }

    public Task<List<LogRecord>> OfSpanAsync(string traceId, string spanId, CancellationToken ct) => store.QueryAsync(
        ReadTraceLogs, new Dictionary<string, object?> { ["trace"] = traceId, ["span"] = spanId }, LogColumns.Read, ct);

    /// <summary>The log records of a trace by the span they name; those that name none are under the empty string.</summary>
    public async Task<ILookup<string, LogRecord>> OfTraceAsync(string traceId, CancellationToken ct) =>
        (await OfSpanAsync(traceId, "", ct)).ToLookup(record => record.SpanId ?? "", StringComparer.Ordinal);

    /// <summary>A session's records are those of all its runs and traces; a nested run's id means that run alone.</summary>
    private async Task<(string[] RunIds, string[] TraceIds)> ScopeAsync(string session, CancellationToken ct)
    {
        if (session.Length == 0)
        {
            return ([], []);
        }

        var owner = await links.OfRunAsync(session, ct);
        return owner is not null && owner.SessionId == session ? ([.. owner.RunIds], [.. owner.TraceIds]) : ([session], []);
    }
}
