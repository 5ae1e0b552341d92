using System.Data.Common;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>The select list that ListLogs.sql and ReadTraceLogs.sql share.</summary>
internal static class LogColumns
{
    public static LogRecord Read(DbDataReader row)
    {
        List<AttributeDuplicate>? duplicates = null;
        var resource = AttributeSplit.Of(row.Attributes(11), ref duplicates);
        var attributes = AttributeSplit.Of(row.Attributes(13), ref duplicates);
        return new LogRecord(
            Id: row.Number(0).ToString(System.Globalization.CultureInfo.InvariantCulture),
            Time: new UnixNano(row.GetInt64(1)),
            TraceId: row.TextOrNull(2),
            SpanId: row.TextOrNull(3),
            RunId: row.TextOrNull(4),
            Event: row.TextOrNull(5),
            Severity: row.GetString(6),
            SeverityNumber: (int)row.Number(7),
            Service: row.GetString(8),
            Scope: row.GetString(9),
            Body: row.GetString(10),
            Resource: resource,
            Attributes: attributes,
            Duplicates: duplicates ?? (IReadOnlyList<AttributeDuplicate>)[],
            ReceivedAt: row.Milliseconds(15));
    }
}
