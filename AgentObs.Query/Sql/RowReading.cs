using System.Data.Common;
using System.Globalization;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>How columns become values: ids that are absent are null in answers, attributes keep doubled keys.</summary>
internal static class RowReading
{
    private const ulong NoEnd = 1UL << 62;
    private const long NanosPerMilli = 1_000_000;

    public static string? TextOrNull(this DbDataReader row, int column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    /// <summary>Any unsigned integer column.</summary>
    public static ulong Number(this DbDataReader row, int column) => Convert.ToUInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>
    /// Nanoseconds of a span. An end before the start, or none, wraps when it is stored, as the exporter's does (18446744073709550616): over
    /// 2^62, 146 years, there is no end to tell of, and the answer is 0.
    /// </summary>
    public static long DurationNano(this DbDataReader row, int column) => row.Number(column) is var duration and <= NoEnd ? (long)duration : 0;

    public static int Count(this DbDataReader row, int column) => (int)Math.Min(row.Number(column), int.MaxValue);

    public static UnixNano Milliseconds(this DbDataReader row, int column) => new(row.GetInt64(column) * NanosPerMilli);

    public static T[] List<T>(this DbDataReader row, int column) => row.GetFieldValue<T[]>(column);

    /// <summary>Keys in one column, values in the next.</summary>
    public static AttributeMap Attributes(this DbDataReader row, int keys) => new(row.List<string>(keys), row.List<string>(keys + 1));

    /// <summary>One map for each element of a nested column: keys in one column, values in the next.</summary>
    public static AttributeMap[] AttributeLists(this DbDataReader row, int keys)
    {
        var names = row.List<string[]>(keys);
        var values = row.List<string[]>(keys + 1);
        var maps = new AttributeMap[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            maps[i] = new AttributeMap(names[i], values[i]);
        }

        return maps;
    }
}
