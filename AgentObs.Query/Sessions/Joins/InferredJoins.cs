using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Brings together sessions that no id joins: an agent that does not continue its caller's trace (Copilot CLI) and the one session whose tool
/// call was open when it began and names it. The join is a link row; the tree then says that it is inferred. Where several calls fit, none is made, and
/// one that was made before the others came is taken back.
/// </summary>
internal sealed class InferredJoins(ClickHouseStore store)
{
    private const long SlackNano = 250_000_000;

    // How far back an open call may have begun.
    private const long LookBackNano = 6L * 3600 * 1_000_000_000;
    private const int MaxCalls = 100;
    private static readonly SqlFile FindOpenCalls = Sql.Load("Sessions/Joins/FindOpenCalls.sql");
    private static readonly SqlFile FindRunsStarted = Sql.Load("Sessions/Joins/FindRunsStarted.sql");
    private static readonly SqlFile FindJoins = Sql.Load("Sessions/Joins/FindJoins.sql");
    private static readonly SqlFile[] Deletions = [Sql.Load("Sessions/Joins/DeleteJoin.sql"), Sql.Load("Sessions/Joins/DeleteJoinOfTrace.sql")];
    private static readonly SqlFile WriteJoin = Sql.Load("Sessions/Joins/WriteJoin.sql");

    /// <summary>Makes the joins that a session's new state suggests, and takes back those that it contradicts.</summary>
    /// <returns>Ids of runs whose sessions changed by it.</returns>
    public async Task<List<string>> FindAsync(SessionMembers session, BuiltSession built, CancellationToken ct)
    {
        var changed = new List<string>();
        var known = session.RunIds.ToHashSet(StringComparer.Ordinal);
        foreach (var join in session.Links.Where(link => link.Rank == RunLink.Inferred).Take(MaxCalls))
        {
            await CheckAsync(join, session, changed, ct);
        }

        if (Joinable.Services.Contains(built.Session.Agent) && known.Contains(built.Session.Id) && known.Count == 1)
        {
            await JoinAsync(built.Session.Id, built.Nodes[0].Start.Value, null, session, changed, ct);
        }

        foreach (var call in built.Nodes.Where(Joinable.MayStart).Take(MaxCalls))
        {
            var window = new Dictionary<string, object?>
            {
                ["services"] = Joinable.Services.ToArray(),
                ["from"] = call.Start.Value - SlackNano,
                ["to"] = call.Start.Value + call.DurationNano + SlackNano,
            };
            foreach (var (run, began) in await store.QueryAsync(FindRunsStarted, window, row => (row.GetString(0), row.GetInt64(1)), ct))
            {
                if (!known.Contains(run) && !await JoinAsync(run, began, call.TraceId, session, changed, ct) && (await JoinsOfAsync(run, ct)).Count > 0)
                {
                    // It is joined with another session, and this call fits too: its own rebuild takes the join back.
                    changed.Add(run);
                }
            }
        }

        return changed;
    }

    private Task<List<string>> JoinsOfAsync(string run, CancellationToken ct) =>
        store.QueryAsync(FindJoins, new Dictionary<string, object?> { ["run"] = run }, row => row.GetString(0), ct);

    // A call of another session fits as well.
    private async Task CheckAsync(RunLink join, SessionMembers session, List<string> changed, CancellationToken ct)
    {
        var calls = await OpenCallsAsync(join.ClaimedAt, ct);
        calls.ExceptWith(session.TraceIds);
        if (calls.Count == 0)
        {
            return;
        }

        foreach (var deletion in Deletions)
        {
            await store.ExecuteAsync(deletion, new Dictionary<string, object?> { ["run"] = join.RunId, ["trace"] = join.TraceId }, ct);
        }

        changed.Add(join.RunId);
        changed.Add(session.SessionId);
    }

    private async Task<bool> JoinAsync(string run, long began, string? callTrace, SessionMembers session, List<string> changed, CancellationToken ct)
    {
        var traces = await OpenCallsAsync(began, ct);
        if (callTrace is not null)
        {
            traces.Add(callTrace);
        }

        // A call of its own is no caller.
        traces.ExceptWith(session.RunIds.Contains(run, StringComparer.Ordinal) ? session.TraceIds : []);
        if (traces.Count != 1)
        {
            return false;
        }

        await store.ExecuteAsync(WriteJoin, new Dictionary<string, object?> { ["run"] = run, ["trace"] = traces.First(), ["at"] = began }, ct);
        changed.Add(run);
        return true;
    }

    private async Task<HashSet<string>> OpenCallsAsync(long began, CancellationToken ct) => (await store.QueryAsync(
        FindOpenCalls,
        new Dictionary<string, object?>
        {
            ["from"] = Math.Max(Parameters.Earliest.Value, began - LookBackNano),
            ["at"] = began + SlackNano,
            ["until"] = began - SlackNano,
            ["last"] = Math.Min(Parameters.Latest.Value, began + LookBackNano),
            ["command"] = Joinable.Command,
        },
        row => row.GetString(0),
        ct)).ToHashSet(StringComparer.Ordinal);
}
