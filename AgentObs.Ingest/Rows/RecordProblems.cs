using System.Globalization;
using AgentObs.Conventions;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Why one record cannot be stored while the rest of its request can. Messages name the field.</summary>
internal static class RecordProblems
{
    public static readonly string OverLimits = string.Create(
        CultureInfo.InvariantCulture, $"more than {RecordLimits.Attributes} keys, or a value nested deeper than {RecordLimits.Depth} lists and maps");

    public static readonly string TooManyChildren = string.Create(CultureInfo.InvariantCulture, $"more than {RecordLimits.Children}");

    /// <summary>Null when the id is absent or has 16 bytes.</summary>
    public static string? TraceId(WireSlice id, string field) => WrongLength(id, Ids.TraceIdBytes, field);

    /// <summary>Null when the id is absent or has 8 bytes.</summary>
    public static string? SpanId(WireSlice id, string field) => WrongLength(id, Ids.SpanIdBytes, field);

    private static string? WrongLength(WireSlice id, int expected, string field) =>
        id.Length == 0 || id.Length == expected
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{field}: an id of {id.Length} bytes, expected {expected}");
}
