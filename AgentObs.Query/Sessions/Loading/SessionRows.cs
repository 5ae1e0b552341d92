using System.Data.Common;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The select lists of ReadSessionSpans.sql and ReadSessionLogs.sql, for one load.</summary>
internal sealed class SessionRows
{
    private readonly SharedTexts shared = new();

    public SpanRow ReadSpan(DbDataReader row) => new()
    {
        TraceId = shared.Of(row.GetString(0)),
        SpanId = row.GetString(1),
        ParentSpanId = row.GetString(2),
        Name = shared.Of(row.GetString(3)),
        SpanKind = shared.Of(row.GetString(4)),
        Service = shared.Of(row.GetString(5)),
        Scope = shared.Of(row.GetString(6)),
        Start = new UnixNano(row.GetInt64(7)),
        DurationNano = row.DurationNano(8),
        StatusCode = shared.Of(row.GetString(9)),
        StatusMessage = row.GetString(10),
        ReceivedAt = row.Milliseconds(11),
        RunId = shared.Of(row.GetString(12)),
        TurnId = shared.Of(row.GetString(13)),
        TaskId = shared.Of(row.GetString(14)),
        TokenSource = (int)row.Number(15),
        Tokens = Tokens(row, 16),
        IsError = row.Number(21) != 0,
        Resource = shared.Resource(row.List<string>(22), row.List<string>(23)),
        Attributes = shared.Record(row.List<string>(24), row.List<string>(25)),
        Events = Events(row),
        Links = Links(row),
    };

    public LogRow ReadLog(DbDataReader row) => new()
    {
        LogId = row.Number(0),
        Time = new UnixNano(row.GetInt64(1)),
        TraceId = shared.Of(row.GetString(2)),
        SpanId = row.GetString(3),
        Service = shared.Of(row.GetString(4)),
        Scope = shared.Of(row.GetString(5)),
        Event = shared.Of(row.GetString(6)),
        RunId = shared.Of(row.GetString(7)),
        Body = row.GetString(8),
        SeverityNumber = (int)row.Number(9),
        ReceivedAt = row.Milliseconds(10),
        TokenSource = (int)row.Number(11),
        Tokens = Tokens(row, 12),
        Resource = shared.Resource(row.List<string>(17), row.List<string>(18)),
        Attributes = shared.Record(row.List<string>(19), row.List<string>(20)),
        TraceFlags = (int)row.Number(21),
    };

    private static TokenCounts Tokens(DbDataReader row, int first)
    {
        var tokens = new TokenCounts(
            (long)row.Number(first), (long)row.Number(first + 1), (long)row.Number(first + 2), (long)row.Number(first + 3), (long)row.Number(first + 4));
        return tokens == TokenCounts.Zero ? TokenCounts.Zero : tokens;
    }

    private static SpanRowEvent[] Events(DbDataReader row)
    {
        var times = row.List<long>(26);
        if (times.Length == 0)
        {
            return [];
        }

        var names = row.List<string>(27);
        var maps = row.AttributeLists(28);
        return [.. times.Select((time, i) => new SpanRowEvent(new UnixNano(time), names[i], maps[i]))];
    }

    private static SpanRowLink[] Links(DbDataReader row)
    {
        var traceIds = row.List<string>(30);
        if (traceIds.Length == 0)
        {
            return [];
        }

        var spanIds = row.List<string>(31);
        var states = row.List<string>(32);
        var maps = row.AttributeLists(33);
        return [.. traceIds.Select((traceId, i) => new SpanRowLink(traceId, spanIds[i], states[i], maps[i]))];
    }
}
