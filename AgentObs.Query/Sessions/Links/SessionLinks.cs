using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Which session a run or a trace belongs to, and what else belongs to it.</summary>
internal sealed class SessionLinks(ClickHouseStore store, ILogger<SessionLinks> logger)
{
    // Each round reaches two hops further. Two rounds are usual: a session's traces, then those of its nested runs.
    private const int MaxRounds = 16;
    private static readonly SqlFile ReadLinks = Sql.Load("Sessions/Links/ReadLinks.sql");

    /// <returns>The session that the run belongs to, which may be itself; null for an id that was never received.</returns>
    public async Task<SessionMembers?> OfRunAsync(string runId, CancellationToken ct) =>
        (await ResolveAsync([runId], [], ct)).Find(session => session.RunIds.Contains(runId, StringComparer.Ordinal));

    /// <returns>Every session that is connected with one of the runs or traces.</returns>
    public async Task<List<SessionMembers>> ResolveAsync(IReadOnlyCollection<string> runIds, IReadOnlyCollection<string> traceIds, CancellationToken ct)
    {
        var links = new Dictionary<(string, string), RunLink>();
        var explored = new HashSet<string>(StringComparer.Ordinal);
        string[] runs = [.. runIds];
        string[] traces = [.. traceIds];
        for (var round = 0; runs.Length + traces.Length > 0; round++)
        {
            if (round == MaxRounds)
            {
                Log.LinksTooDeep(logger, explored.Count, MaxRounds);
                break;
            }

            var found = await store.QueryAsync(
                ReadLinks, new Dictionary<string, object?> { ["runs"] = runs, ["traces"] = traces }, RunLink.Read, ct);
            explored.UnionWith(runs);
            foreach (var link in found)
            {
                links[(link.RunId, link.TraceId)] = link;
            }

            runs = Frontier(links.Values, explored);
            traces = [];
        }

        return SessionOwners.Resolve(links.Values);
    }

    /// <summary>Runs with a trace that no explored run has: such a trace may have runs that were not found yet.</summary>
    private static string[] Frontier(IReadOnlyCollection<RunLink> links, HashSet<string> explored)
    {
        var known = links.Where(link => explored.Contains(link.RunId)).Select(link => link.TraceId).Append("").ToHashSet(StringComparer.Ordinal);
        return [.. links.Where(link => !known.Contains(link.TraceId)).Select(link => link.RunId).Distinct(StringComparer.Ordinal)];
    }
}
