namespace AgentObs.Query;

/// <summary>
/// Finds the runs that stray traces may come from. Pure: the same strays and links give the same answer in any order, and every stray that
/// fits anywhere gets exactly one best run, so that no two sessions show it.
/// </summary>
internal static class StrayFitting
{
    /// <summary>A process reads its credentials before its first span with an id, and flushes after the last.</summary>
    public const long Padding = 5_000_000_000;

    public static List<StrayFit> Fit(IEnumerable<Stray> strays, IEnumerable<RunLink> links)
    {
        var byService = links.Where(link => link.TraceId.Length > 0)
            .GroupBy(link => link.Agent, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.OrderBy(link => link.Start).ThenBy(link => link.RunId, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var fits = new List<StrayFit>();
        foreach (var group in strays.GroupBy(stray => stray.Service, StringComparer.Ordinal))
        {
            if (byService.TryGetValue(group.Key, out var candidates))
            {
                Sweep(group.OrderBy(stray => stray.Start).ThenBy(stray => stray.TraceId, StringComparer.Ordinal), candidates, fits);
            }
        }

        return fits;
    }

    private static void Sweep(IEnumerable<Stray> strays, RunLink[] links, List<StrayFit> fits)
    {
        var next = 0;
        var open = new List<RunLink>();
        foreach (var stray in strays)
        {
            while (next < links.Length && links[next].Start - Padding <= stray.Start)
            {
                open.Add(links[next++]);
            }

            open.RemoveAll(link => link.End + Padding < stray.Start);
            if (open.Count > 0)
            {
                fits.Add(new StrayFit(stray, Best(stray, open), open.Select(link => link.RunId).ToHashSet(StringComparer.Ordinal)));
            }
        }
    }

    /// <summary>A run that was active then, before one that was not; of several the one that started last.</summary>
    private static string Best(Stray stray, List<RunLink> open) => open
        .OrderByDescending(link => link.Start <= stray.Start && stray.Start <= link.End)
        .ThenByDescending(link => link.Start <= stray.Start)
        .ThenByDescending(link => link.Start)
        .ThenBy(link => link.RunId, StringComparer.Ordinal)
        .First().RunId;
}
