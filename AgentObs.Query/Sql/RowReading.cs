using System.Data.Common;
using System.Globalization;
using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>How columns become values: ids that are absent are null in answers, attributes keep doubled keys.</summary>
internal static class RowReading
{
    private const long NanosPerMilli = 1_000_000;

    public static string? TextOrNull(this DbDataReader row, int column) => row.GetString(column) is { Length: > 0 } text ? text : null;

    /// <summary>Any unsigned integer column.</summary>
    public static ulong Number(this DbDataReader row, int column) => Convert.ToUInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    /// <summary>A UInt64 as a signed number; what does not fit (absurd durations) becomes the largest that does.</summary>
    public static long Clamped(this DbDataReader row, int column) => (long)Math.Min(row.Number(column), long.MaxValue);

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
