using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The question of <c>GET /api/sessions</c>. Absent filters are empty.</summary>
internal sealed record SessionSearch(
    string Agent, string Task, string State, string Q, UnixNano From, UnixNano To, int Limit, Cursor Before)
{
    public static SessionSearch Parse(
        string? from, string? to, string? agent, string? task, string? state, string? q, string? limit, string? cursor)
    {
        var range = Parameters.Range(from, to);
        return new SessionSearch(
            Parameters.Text("agent", agent),
            Parameters.Text("task", task),
            Parameters.Word("state", state, SessionStates.All),
            Parameters.Text("q", q),
            range.From,
            range.To,
            Parameters.Limit(limit),
            Cursor.Read(Cursor.Sessions, cursor) ?? new Cursor(Parameters.Latest.Value, ""));
    }
}
