using AgentObs.Storage;

namespace AgentObs.Query;

internal sealed class SpanReader(ClickHouseStore store, LogReader logs)
{
    private static readonly SqlFile ReadSpans = Sql.Load("Spans/ReadSpans.sql");

    /// <returns>The span with its log records; null where it was not received.</returns>
    public async Task<SpanDetail?> FindAsync(string traceId, string spanId, CancellationToken ct)
    {
        var found = await store.QueryAsync(ReadSpans, Bind(traceId, spanId), SpanColumns.Read, ct);
        return found.Count == 0 ? null : found[0] with { Logs = await logs.OfSpanAsync(traceId, spanId, ct) };
    }

    /// <summary>Every span of a trace by start, without log records, as the storage delivers them.</summary>
    public IAsyncEnumerable<SpanDetail> OfTraceAsync(string traceId, CancellationToken ct) =>
        store.StreamAsync(ReadSpans, Bind(traceId, ""), SpanColumns.Read, ct);

    private static Dictionary<string, object?> Bind(string traceId, string spanId) => new() { ["trace"] = traceId, ["span"] = spanId };
}
