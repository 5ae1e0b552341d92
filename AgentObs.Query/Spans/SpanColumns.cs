using System.Data.Common;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The select list of ReadSpans.sql.</summary>
internal static class SpanColumns
{
    public static SpanDetail Read(DbDataReader row)
    {
        List<AttributeDuplicate>? duplicates = null;
        var resource = AttributeSplit.Of(row.Attributes(11), ref duplicates);
        var attributes = AttributeSplit.Of(row.Attributes(13), ref duplicates);
        return new SpanDetail(
            TraceId: row.GetString(0),
            SpanId: row.GetString(1),
            ParentSpanId: row.TextOrNull(2),
            Name: row.GetString(3),
            Kind: row.GetString(4).ToLowerInvariant(),
            Service: row.GetString(5),
            Scope: row.GetString(6),
            Start: new UnixNano(row.GetInt64(7)),
            DurationNano: row.DurationNano(8),
            Status: row.GetString(9).ToLowerInvariant(),
            StatusMessage: row.GetString(10),
            Resource: resource,
            Attributes: attributes,
            Duplicates: duplicates ?? (IReadOnlyList<AttributeDuplicate>)[],
            Events: Events(row),
            Links: Links(row),
            Logs: [],
            ReceivedAt: row.Milliseconds(24));
    }

    private static SpanEvent[] Events(DbDataReader row)
    {
        var times = row.List<long>(15);
        if (times.Length == 0)
        {
            return [];
        }

        var names = row.List<string>(16);
        var maps = row.AttributeLists(17);
        var events = new SpanEvent[times.Length];
        for (var i = 0; i < events.Length; i++)
        {
            List<AttributeDuplicate>? duplicates = null;
            var attributes = AttributeSplit.Of(maps[i], ref duplicates);
            events[i] = new SpanEvent(new UnixNano(times[i]), names[i], attributes, duplicates ?? (IReadOnlyList<AttributeDuplicate>)[]);
        }

        return events;
    }

    private static SpanLink[] Links(DbDataReader row)
    {
        var traceIds = row.List<string>(19);
        if (traceIds.Length == 0)
        {
            return [];
        }

        var spanIds = row.List<string>(20);
        var states = row.List<string>(21);
        var maps = row.AttributeLists(22);
        var links = new SpanLink[traceIds.Length];
        for (var i = 0; i < links.Length; i++)
        {
            List<AttributeDuplicate>? ignored = null;
            links[i] = new SpanLink(traceIds[i], spanIds[i], states[i], AttributeSplit.Of(maps[i], ref ignored));
        }

        return links;
    }
}
