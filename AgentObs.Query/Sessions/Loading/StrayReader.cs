using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Runtime traces without any id, and the runs they may come from.</summary>
internal sealed class StrayReader(ClickHouseStore store)
{
    private static readonly SqlFile ListStrays = Sql.Load("Sessions/Loading/ListStrays.sql");
    private static readonly SqlFile ReadStrays = Sql.Load("Sessions/Loading/ReadStrays.sql");
    private static readonly SqlFile ReadBoundsKnownTo = Sql.Load("Sessions/Loading/ReadBoundsKnownTo.sql");
    private static readonly SqlFile ListLinksInWindow = Sql.Load("Sessions/Loading/ListLinksInWindow.sql");

    /// <summary>The strays whose best run is one of the session's.</summary>
    public async Task<List<StrayFit>> OfSessionAsync(SessionMembers session, CancellationToken ct)
    {
        var links = session.Links.Where(link => link.TraceId.Length > 0).ToList();
        if (links.Count == 0)
        {
            return [];
        }

        var strays = await store.QueryAsync(
            ListStrays,
            Window(links.Min(link => link.Start), links.Max(link => link.End), links.Select(link => link.Agent)),
            Stray.Read,
            ct);
        var runs = session.RunIds.ToHashSet(StringComparer.Ordinal);
        return (await FitAsync(strays, ct)).FindAll(fit => runs.Contains(fit.RunId));
    }

    /// <summary>Those of the traces that are strays and fit a run.</summary>
    public async Task<List<StrayFit>> OfTracesAsync(IReadOnlyCollection<string> traceIds, CancellationToken ct) => await FitAsync(
        await store.QueryAsync(ReadStrays, new Dictionary<string, object?> { ["traces"] = traceIds.ToArray() }, Stray.Read, ct), ct);

    /// <summary>Up to which receipt, in Unix milliseconds, the bounds of each trace are known; traces without any are left out.</summary>
    public async Task<Dictionary<string, long>> BoundsKnownToAsync(IReadOnlyCollection<string> traceIds, CancellationToken ct) =>
        (await store.QueryAsync(
            ReadBoundsKnownTo,
            new Dictionary<string, object?> { ["traces"] = traceIds.ToArray() },
            row => (TraceId: row.GetString(0), To: row.GetInt64(1)),
            ct)).ToDictionary(trace => trace.TraceId, trace => trace.To, StringComparer.Ordinal);

    private async Task<List<StrayFit>> FitAsync(List<Stray> strays, CancellationToken ct)
    {
        if (strays.Count == 0)
        {
            return [];
        }

        var links = await store.QueryAsync(
            ListLinksInWindow,
            Window(strays.Min(stray => stray.Start), strays.Max(stray => stray.Start), strays.Select(stray => stray.Service)),
            RunLink.Read,
            ct);
        return StrayFitting.Fit(strays, links);
    }

    private static Dictionary<string, object?> Window(long from, long to, IEnumerable<string> services) => new()
    {
        ["from"] = Math.Max(from, Parameters.Earliest.Value + StrayFitting.Padding) - StrayFitting.Padding,
        ["to"] = Math.Min(to, Parameters.Latest.Value - StrayFitting.Padding) + StrayFitting.Padding,
        ["services"] = services.Distinct(StringComparer.Ordinal).ToArray(),
    };
}
