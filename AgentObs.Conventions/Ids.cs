using System.Buffers;

namespace AgentObs.Conventions;

/// <summary>Shapes of the ids that OTLP and the agents use. Ids are kept as lower-case hex strings; absent is the empty string.</summary>
public static class Ids
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public const int TraceIdBytes = 16;
    public const int SpanIdBytes = 8;

    /// <summary>A session without an id of its own is named after its trace: <c>trace:0af7651916cd43dd8448eb211c80319c</c>.</summary>
    public const string TraceSessionPrefix = "trace:";

    public static bool IsTraceId(ReadOnlySpan<char> text) => text.Length == 2 * TraceIdBytes && IsLowerHex(text) && text.ContainsAnyExcept('0');

    public static bool IsSpanId(ReadOnlySpan<char> text) => text.Length == 2 * SpanIdBytes && IsLowerHex(text) && text.ContainsAnyExcept('0');

    public static bool IsLowerHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(LowerHex);
}
