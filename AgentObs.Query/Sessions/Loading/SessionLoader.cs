using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Loads all that a session's tree is made from: spans, log records, and the strays that fit it. Six statements whatever its size.</summary>
internal sealed class SessionLoader(ClickHouseStore store, StrayReader strays, TimeProvider time)
{
    private static readonly SqlFile ReadSpans = Sql.Load("Sessions/Loading/ReadSessionSpans.sql");
    private static readonly SqlFile ReadLogs = Sql.Load("Sessions/Loading/ReadSessionLogs.sql");

    public async Task<SessionInput> LoadAsync(SessionMembers session, CancellationToken ct)
    {
        var fits = await strays.OfSessionAsync(session, ct);
        var spans = await SpansAsync(session.TraceIds, ct);
        var strayTraces = await StraysAsync(session, fits, ct);
        var logs = await store.QueryAsync(
            ReadLogs,
            new Dictionary<string, object?> { ["runs"] = session.RunIds.ToArray(), ["traces"] = session.TraceIds.ToArray() },
            new SessionRows().ReadLog,
            ct);
        return new SessionInput(session.SessionId, spans, logs, strayTraces, UnixNano.FromDateTimeOffset(time.GetUtcNow()));
    }

    private async Task<List<StrayTrace>> StraysAsync(SessionMembers session, List<StrayFit> fits, CancellationToken ct)
    {
        var runs = session.RunIds.ToHashSet(StringComparer.Ordinal);
        var spans = (await SpansAsync(fits.ConvertAll(fit => fit.Stray.TraceId), ct)).ToLookup(span => span.TraceId, StringComparer.Ordinal);
        return fits.ConvertAll(fit => new StrayTrace(
            fit.Stray.TraceId,
            fit.Stray.Service,
            fit.Stray.InstanceId,
            new UnixNano(fit.Stray.Start),
            new UnixNano(fit.Stray.End),
            [.. spans[fit.Stray.TraceId]])
        {
            FitsElsewhere = !fit.RunIds.IsSubsetOf(runs),
        });
    }

    private async Task<List<SpanRow>> SpansAsync(IReadOnlyCollection<string> traceIds, CancellationToken ct) => traceIds.Count == 0
        ? []
        : await store.QueryAsync(ReadSpans, new Dictionary<string, object?> { ["traces"] = traceIds.ToArray() }, new SessionRows().ReadSpan, ct);
}
