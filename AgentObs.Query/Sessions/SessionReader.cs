using System.Data.Common;
using AgentObs.Conventions;
using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>Reads the projected sessions.</summary>
internal sealed class SessionReader(ClickHouseStore store, TimeProvider time)
{
    private static readonly SqlFile ListSessions = Sql.Load("Sessions/ListSessions.sql");
    private static readonly SqlFile FindOwner = Sql.Load("Sessions/FindOwner.sql");

    public async Task<SessionList> ListAsync(SessionSearch search, CancellationToken ct)
    {
        var found = await store.QueryAsync(ListSessions, Bind(search, ""), Read, ct);
        if (found.Count <= search.Limit)
        {
            return new SessionList(found, null);
        }

        found.RemoveRange(search.Limit, found.Count - search.Limit);
        var last = found[^1];
        return new SessionList(found, new Cursor(last.End.Value, last.Id).Encode(Cursor.Sessions));
    }

    /// <returns>Null for an id that is no outermost session.</returns>
    public async Task<SessionSummary?> FindAsync(string sessionId, CancellationToken ct)
    {
        var any = SessionSearch.Parse(null, null, null, null, null, null, null, null);
        return (await store.QueryAsync(ListSessions, Bind(any, sessionId), Read, ct)).FirstOrDefault();
    }

    /// <returns>The session in which a run with this id is; null where none has it.</returns>
    public async Task<string?> OwnerOfRunAsync(string runId, CancellationToken ct) =>
        (await store.QueryAsync(FindOwner, new Dictionary<string, object?> { ["run"] = runId }, row => row.GetString(0), ct)).FirstOrDefault();

    private Dictionary<string, object?> Bind(SessionSearch search, string id) => new()
    {
        ["id"] = id,
        ["now"] = time.GetUtcNow().ToUnixTimeMilliseconds(),
        ["waitingAfter"] = CurrentState.WaitingAfterMilliseconds,
        ["waitingUntil"] = CurrentState.WaitingUntilMilliseconds,
        ["runningFor"] = CurrentState.RunningForMilliseconds,
        ["from"] = search.From.Value,
        ["to"] = search.To.Value,
        ["beforeTime"] = search.Before.Time,
        ["beforeId"] = search.Before.Id,
        ["agent"] = search.Agent,
        ["task"] = search.Task,
        ["state"] = search.State,
        ["q"] = search.Q,
        ["take"] = search.Limit + 1,
    };

    private static SessionSummary Read(DbDataReader row) => new(
        Id: row.GetString(0),
        Agent: row.GetString(1),
        Title: row.GetString(2),
        Start: new UnixNano(row.GetInt64(3)),
        End: new UnixNano(row.GetInt64(4)),
        State: row.GetString(5),
        Turns: row.Count(6),
        AgentRuns: row.Count(7),
        Spans: row.Count(8),
        Errors: row.Count(9),
        Tokens: new TokenCounts(
            (long)row.Number(10), (long)row.Number(11), (long)row.Number(12), (long)row.Number(13), (long)row.Number(14)),
        Tasks: row.List<string>(15),
        Repository: row.TextOrNull(16),
        Branch: row.TextOrNull(17),
        Completeness: row.GetDouble(18),
        TraceIds: row.List<string>(19));
}
