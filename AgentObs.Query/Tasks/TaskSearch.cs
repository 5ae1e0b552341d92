using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The question of <c>GET /api/tasks</c>. Absent filters are empty.</summary>
internal sealed record TaskSearch(string Q, UnixNano From, UnixNano To, int Limit, Cursor Before)
{
    public static TaskSearch Parse(string? from, string? to, string? q, string? limit, string? cursor)
    {
        var range = Parameters.Range(from, to);
        return new TaskSearch(
            Parameters.Text("q", q),
            range.From,
            range.To,
            Parameters.Limit(limit),
            Cursor.Read(Cursor.Tasks, cursor) ?? new Cursor(Parameters.Latest.Value, ""));
    }
}
