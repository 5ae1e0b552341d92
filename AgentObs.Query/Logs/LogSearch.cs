using System.Globalization;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The question of <c>GET /api/logs</c>. Absent filters are empty.</summary>
/// <param name="Severity">Lowest severity number; 0 for every record.</param>
internal sealed record LogSearch(
    string Session,
    string Trace,
    string Span,
    string Event,
    byte Severity,
    string Q,
    UnixNano From,
    UnixNano To,
    int Limit,
    (long Time, ulong Id) Before)
{
    public static LogSearch Parse(
        string? session,
        string? trace,
        string? span,
        string? @event,
        string? severity,
        string? q,
        string? from,
        string? to,
        string? limit,
        string? cursor)
    {
        var range = Parameters.Range(from, to);
        return new LogSearch(
            Parameters.Text("session", session),
            string.IsNullOrEmpty(trace) ? "" : Parameters.TraceId("trace", trace),
            string.IsNullOrEmpty(span) ? "" : Parameters.SpanId("span", span),
            Parameters.Text("event", @event),
            Severities.AtLeast(Parameters.Word("severity", severity?.ToLowerInvariant(), Severities.Words)),
            Parameters.Text("q", q),
            range.From,
            range.To,
            Parameters.Limit(limit),
            ReadCursor(cursor));
    }

    private static (long Time, ulong Id) ReadCursor(string? text)
    {
        if (Cursor.Read(Cursor.Logs, text) is not { } cursor)
        {
            return (Parameters.Latest.Value, ulong.MaxValue);
        }

        return ulong.TryParse(cursor.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (cursor.Time, id)
            : throw Cursor.Bad();
    }
}
