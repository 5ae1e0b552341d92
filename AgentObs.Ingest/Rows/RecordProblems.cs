using System.Globalization;
using AgentObs.Conventions;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Why one record cannot be stored while the rest of its request can. Messages name the field.</summary>
internal static class RecordProblems
{
    public static readonly RecordProblem TooManyAttributes = Over(nameof(IngestLimits.Attributes), $"more than {IngestLimits.Attributes}");
    public static readonly RecordProblem LongKey = Over(nameof(IngestLimits.KeyBytes), $"a key over {IngestLimits.KeyBytes} bytes");
    public static readonly RecordProblem LongValue = Over(
        nameof(IngestLimits.ValueBytes), $"a value over {IngestLimits.ValueBytes} bytes: set OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT for the sender");
    public static readonly RecordProblem DeepValue = Over(
        nameof(IngestLimits.Depth), $"a value nested deeper than {IngestLimits.Depth} lists and maps, or with more than {IngestLimits.Attributes} keys");

    private static readonly RecordProblem Children = Over(nameof(IngestLimits.Children), $"more than {IngestLimits.Children}");

    /// <summary>Null when the id is absent or has 16 bytes.</summary>
    public static RecordProblem? TraceId(WireSlice id, string field) => WrongLength(id, Ids.TraceIdBytes, field);

    /// <summary>Null when the id is absent or has 8 bytes.</summary>
    public static RecordProblem? SpanId(WireSlice id, string field) => WrongLength(id, Ids.SpanIdBytes, field);

    /// <summary>
    /// A span's own ids must be there and not be zero (opentelemetry-proto, trace.proto: "considered invalid"). Spans without would be one
    /// span to every reader, as the ids are what tells two apart.
    /// </summary>
    public static RecordProblem? Absent(ReadOnlySpan<byte> body, WireSlice id, string field) =>
        id.Of(body).ContainsAnyExcept((byte)0) ? null : new RecordProblem($"{field}: absent or zero");

    public static RecordProblem? TooMany(int count, string field) => count > IngestLimits.Children ? Children.In(field) : null;

    private static RecordProblem? WrongLength(WireSlice id, int expected, string field) =>
        id.Length == 0 || id.Length == expected
            ? null
            : new RecordProblem(string.Create(CultureInfo.InvariantCulture, $"{field}: an id of {id.Length} bytes, expected {expected}"));

    private static RecordProblem Over(string limit, FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture), limit);
}
