using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

internal sealed class TraceReader(ClickHouseStore store)
{
    private static readonly SqlFile ListTraces = Sql.Load("Traces/ListTraces.sql");
    private static readonly SqlFile DescribeTraces = Sql.Load("Traces/DescribeTraces.sql");
    private static readonly SqlFile TraceSessions = Sql.Load("Traces/TraceSessions.sql");

    public async Task<TraceList> ListAsync(TraceSearch search, CancellationToken ct)
    {
        var page = await store.QueryAsync(ListTraces, Bind(search), row => new TraceBounds(row.GetString(0), row.GetInt64(1), row.GetInt64(2)), ct);
        var more = page.Count > search.Limit;
        if (more)
        {
            page.RemoveRange(search.Limit, page.Count - search.Limit);
        }

        var traces = await DescribeAsync(page, ct);
        return new TraceList(traces, more ? new Cursor(page[^1].Start, page[^1].TraceId).Encode(Cursor.Traces) : null);
    }

    private async Task<List<TraceSummary>> DescribeAsync(List<TraceBounds> page, CancellationToken ct)
    {
        if (page.Count == 0)
        {
            return [];
        }

        var bound = new Dictionary<string, object?>
        {
            ["traces"] = page.ConvertAll(trace => trace.TraceId).ToArray(),
            ["from"] = page.Min(trace => trace.Start),
            ["to"] = page.Max(trace => trace.End),
        };
        var numbers = (await store.QueryAsync(
            DescribeTraces,
            bound,
            row => (TraceId: row.GetString(0), Name: row.GetString(1), Services: row.List<string>(2), Spans: row.Count(3), Errors: row.Count(4)),
            ct)).ToDictionary(trace => trace.TraceId, StringComparer.Ordinal);
        var sessions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (traceId, sessionId) in await store.QueryAsync(
            TraceSessions, new Dictionary<string, object?> { ["traces"] = bound["traces"] }, row => (row.GetString(0), row.GetString(1)), ct))
        {
            sessions[traceId] = sessionId;
        }

        var traces = new List<TraceSummary>(page.Count);
        foreach (var trace in page)
        {
            // Deleted between the two reads.
            if (numbers.TryGetValue(trace.TraceId, out var about))
            {
                traces.Add(new TraceSummary(
                    trace.TraceId,
                    about.Name,
                    about.Services,
                    new UnixNano(trace.Start),
                    new UnixNano(trace.End),
                    trace.End - trace.Start,
                    about.Spans,
                    about.Errors,
                    sessions.GetValueOrDefault(trace.TraceId)));
            }
        }

        return traces;
    }

    private static Dictionary<string, object?> Bind(TraceSearch search) => new()
    {
        ["service"] = search.Service,
        ["q"] = search.Q,
        ["errors"] = search.Errors,
        ["from"] = search.From.Value,
        ["to"] = search.To.Value,
        ["beforeTime"] = search.Before.Time,
        ["beforeId"] = search.Before.Id,
        ["take"] = search.Limit + 1,
    };
}
