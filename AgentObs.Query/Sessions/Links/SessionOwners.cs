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
        if (!links.Any(link => link.Rank == RunLink.Inferred))
        {
            return Join(links);
        }

        // Proof outranks inference: an inferred link counts for a run that nothing proven puts into a session, and only where its caller is known.
        var proven = links.Where(link => link.Rank != RunLink.Inferred).ToList();
        var outermost = Join(proven).ToDictionary(session => session.SessionId, StringComparer.Ordinal);
        var traces = proven.Select(link => link.TraceId).ToHashSet(StringComparer.Ordinal);
        proven.AddRange(links.Where(link =>
            link.Rank == RunLink.Inferred && traces.Contains(link.TraceId) && outermost.TryGetValue(link.RunId, out var own) && own.RunIds.Count == 1));
        return Join(proven);
    }

    private static List<SessionMembers> Join(IReadOnlyCollection<RunLink> links)
    {
        var traceOwners = TraceOwners(links);
        var runOwners = RunOwners(links, traceOwners);
        var outer = Nest(links, traceOwners, runOwners);
        var sessions = new Dictionary<string, Members>(StringComparer.Ordinal);
        foreach (var run in runOwners.Keys)
        {
            Of(sessions, Outermost(run)).Runs.Add(run);
        }

        foreach (var (trace, owner) in traceOwners)
        {
            Of(sessions, Outermost(owner.RunId)).Traces.Add(trace);
        }

        foreach (var link in links)
        {
            Of(sessions, Outermost(link.TraceId.Length > 0 ? traceOwners[link.TraceId].RunId : link.RunId)).Links.Add(link);
        }

        return [.. sessions.Select(session => new SessionMembers(
            session.Key, [.. session.Value.Runs], [.. session.Value.Traces], session.Value.Links))];

        string Outermost(string run) => Follow(outer, Root(run, runOwners));
    }

    // Who says that it belongs with a trace that is another's is joined with it whatever their claims: a Copilot is the root of its own trace and may
    // still have been started by a codex, whose claim is weaker. Which of them is outermost the tree decides.
    private static Dictionary<string, string> Nest(
        IReadOnlyCollection<RunLink> links, Dictionary<string, Claim> traceOwners, Dictionary<string, Claim> runOwners)
    {
        var outer = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in links)
        {
            if (link.Rank < RunLink.HandedOver || link.TraceId.Length == 0)
            {
                continue;
            }

            var one = Follow(outer, Root(link.RunId, runOwners));
            var other = Follow(outer, Root(traceOwners[link.TraceId].RunId, runOwners));
            if (one != other)
            {
                var first = runOwners[one].CompareTo(runOwners[other]) <= 0;
                outer[first ? other : one] = first ? one : other;
            }
        }

        return outer;
    }

    private static string Follow(Dictionary<string, string> outer, string root)
    {
        while (outer.TryGetValue(root, out var next))
        {
            root = next;
        }

        return root;
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
