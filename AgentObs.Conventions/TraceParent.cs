using System.Diagnostics.CodeAnalysis;

namespace AgentObs.Conventions;

/// <summary>
/// A W3C trace context header or environment variable of version 00:
/// <c>00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01</c> (version, trace id, span id, flags; lower-case hex).
/// </summary>
public sealed record TraceParent(string TraceId, string SpanId, byte Flags)
{
    private const int Length = 55;

    public bool IsSampled => (Flags & 1) != 0;

    public static bool TryParse(string? text, [NotNullWhen(true)] out TraceParent? parent)
    {
        parent = null;
        if (text is not { Length: Length } || text[2] != '-' || text[35] != '-' || text[52] != '-' || !text.StartsWith("00", StringComparison.Ordinal))
        {
            return false;
        }

        var traceId = text[3..35];
        var spanId = text[36..52];
        if (!Ids.IsTraceId(traceId) || !Ids.IsSpanId(spanId) || !Ids.IsLowerHex(text.AsSpan(53)))
        {
            return false;
        }

        parent = new TraceParent(traceId, spanId, Convert.ToByte(text[53..], 16));
        return true;
    }

    public override string ToString() => $"00-{TraceId}-{SpanId}-{Flags:x2}";
}
