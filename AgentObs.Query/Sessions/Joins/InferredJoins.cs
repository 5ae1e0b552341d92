using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Brings together sessions that no id joins: an agent that does not continue its caller's trace (Copilot CLI) and the one session whose tool
/// call was open when it began and names it. The join is a link row; the tree then says that it is inferred. Where several calls fit, none is made.
/// </summary>
internal sealed class InferredJoins(ClickHouseStore store)
{
    private const long SlackNano = 250_000_000;

    // How far back an open call may have begun.
    private const long LookBackNano = 6L * 3600 * 1_000_000_000;
    private const int MaxCalls = 100;
    private static readonly SqlFile FindOpenCalls = Sql.Load("Sessions/Joins/FindOpenCalls.sql");
    private static readonly SqlFile FindRunsStarted = Sql.Load("Sessions/Joins/FindRunsStarted.sql");
    private static readonly SqlFile WriteJoin = Sql.Load("Sessions/Joins/WriteJoin.sql");

    /// <summary>Makes the joins that a session's new state suggests.</summary>
    /// <returns>Ids of runs whose sessions changed by it.</returns>
    public async Task<List<string>> FindAsync(SessionMembers session, BuiltSession built, CancellationToken ct)
    {
        var joined = new List<string>();
        var known = session.RunIds.ToHashSet(StringComparer.Ordinal);
        if (Joinable.Services.Contains(built.Session.Agent) && known.Contains(built.Session.Id) && known.Count == 1)
        {
            await JoinAsync(built.Session.Id, built.Nodes[0].Start.Value, null, session, joined, ct);
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
                if (!known.Contains(run))
                {
                    await JoinAsync(run, began, call.TraceId, session, joined, ct);
                }
            }
        }

        return joined;
    }

    private async Task JoinAsync(string run, long began, string? callTrace, SessionMembers session, List<string> joined, CancellationToken ct)
    {
        var traces = (await store.QueryAsync(
            FindOpenCalls,
            new Dictionary<string, object?>
            {
                ["from"] = Math.Max(Parameters.Earliest.Value, began - LookBackNano),
                ["at"] = began + SlackNano,
                ["until"] = began - SlackNano,
                ["command"] = Joinable.Command,
            },
            row => row.GetString(0),
            ct)).ToHashSet(StringComparer.Ordinal);
        if (callTrace is not null)
        {
            traces.Add(callTrace);
        }

        // A call of its own is no caller.
        traces.ExceptWith(session.RunIds.Contains(run, StringComparer.Ordinal) ? session.TraceIds : []);
        if (traces.Count == 1)
        {
            await store.ExecuteAsync(WriteJoin, new Dictionary<string, object?> { ["run"] = run, ["trace"] = traces.First(), ["at"] = began }, ct);
            joined.Add(run);
        }
    }
}
