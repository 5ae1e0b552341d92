using System.Runtime.InteropServices;

namespace AgentObs.Query;

/// <summary>
/// Finds the outermost sessions in a set of links. A trace is owned by its smallest claim, a run by the smallest of its traces' owners, and
/// so on outwards: a run of a nested <c>claude -p</c> belongs to the session that started that one. Each step goes to a smaller claim, so
/// the way ends; every input order gives the same answer.
/// </summary>
internal static class SessionOwners
{
    /// <param name="links">Closed: every link of every run and of every trace that occurs.</param>
    public static List<SessionMembers> Resolve(IReadOnlyCollection<RunLink> links)
    {
        var traceOwners = TraceOwners(links);
        var runOwners = RunOwners(links, traceOwners);
        var sessions = new Dictionary<string, Members>(StringComparer.Ordinal);
        foreach (var run in runOwners.Keys)
        {
            Of(sessions, Root(run, runOwners)).Runs.Add(run);
        }

        foreach (var (trace, owner) in traceOwners)
        {
            Of(sessions, Root(owner.RunId, runOwners)).Traces.Add(trace);
        }

        foreach (var link in links)
        {
            var session = Of(sessions, Root(link.TraceId.Length > 0 ? traceOwners[link.TraceId].RunId : link.RunId, runOwners));
            session.Links.Add(link);
        }

        return [.. sessions.Select(session => new SessionMembers(
            session.Key, [.. session.Value.Runs], [.. session.Value.Traces], session.Value.Links))];
    }

    private static Dictionary<string, Claim> TraceOwners(IReadOnlyCollection<RunLink> links)
    {
        var owners = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            // Records without a trace share nothing but the empty id.
            if (link.TraceId.Length > 0)
            {
                Keep(owners, link.TraceId, link.Claim);
            }
        }

        return owners;
    }

    private static Dictionary<string, Claim> RunOwners(IReadOnlyCollection<RunLink> links, Dictionary<string, Claim> traceOwners)
    {
        var owners = new Dictionary<string, Claim>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            Keep(owners, link.RunId, link.TraceId.Length > 0 ? traceOwners[link.TraceId] : link.Claim);
        }

        return owners;
    }

    private static string Root(string run, Dictionary<string, Claim> owners)
    {
        while (owners[run].RunId is var owner && owner != run)
        {
            run = owner;
        }

        return run;
    }

    private static void Keep(Dictionary<string, Claim> owners, string key, Claim claim)
    {
        ref var owner = ref CollectionsMarshal.GetValueRefOrAddDefault(owners, key, out var exists);
        if (!exists || claim.CompareTo(owner) < 0)
        {
            owner = claim;
        }
    }

    private static Members Of(Dictionary<string, Members> sessions, string id)
    {
        ref var members = ref CollectionsMarshal.GetValueRefOrAddDefault(sessions, id, out _);
        return members ??= new Members();
    }

    private sealed class Members
    {
        public SortedSet<string> Runs { get; } = new(StringComparer.Ordinal);
        public SortedSet<string> Traces { get; } = new(StringComparer.Ordinal);
        public List<RunLink> Links { get; } = [];
    }
}
