using System.Security.Cryptography;
using AgentObs.Conventions;

namespace AgentObs.Cli.Probing;

/// <summary>A span that is sent to see whether it arrives.</summary>
/// <param name="Parent">Empty for a root.</param>
internal sealed record ProbeSpan(string TraceId, string SpanId, string Parent, string Name, UnixNano Start, UnixNano End, params IReadOnlyList<(string Key, string Value)> Attributes)
{
    public static string NewTraceId() => RandomNumberGenerator.GetHexString(2 * Ids.TraceIdBytes, lowercase: true);

    public static string NewSpanId() => RandomNumberGenerator.GetHexString(2 * Ids.SpanIdBytes, lowercase: true);
}
