using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The question of <c>GET /api/traces</c>. Absent filters are empty.</summary>
internal sealed record TraceSearch(string Service, string Q, UnixNano From, UnixNano To, bool Errors, int Limit, Cursor Before)
{
    public static TraceSearch Parse(string? service, string? q, string? from, string? to, string? errors, string? limit, string? cursor)
    {
        var range = Parameters.Range(from, to);
        var before = Cursor.Read(Cursor.Traces, cursor);
        if (before is { } read && !Ids.IsTraceId(read.Id))
        {
            throw Cursor.Bad();
        }

        return new TraceSearch(
            Parameters.Text("service", service),
            Parameters.Text("q", q),
            range.From,
            range.To,
            Parameters.Flag("errors", errors, absent: false),
            Parameters.Limit(limit),
            before ?? new Cursor(Parameters.Latest.Value, ""));
    }
}
