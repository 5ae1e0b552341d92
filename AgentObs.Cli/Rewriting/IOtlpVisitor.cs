namespace AgentObs.Cli.Rewriting;

/// <summary>
/// What is met while walking an OTLP request. Offsets count from the start of the body. A visitor implements what it looks for.
/// </summary>
internal interface IOtlpVisitor
{
    /// <summary>A span, log record or data point begins.</summary>
    void Record(OtlpRecord kind)
    {
    }

    /// <summary>A trace or span id: 16 or 8 raw bytes in protobuf, 32 or 16 hex digits in JSON; length 0 where it is absent.</summary>
    void Id(int offset, int length)
    {
    }

    /// <summary>A time in nanoseconds: 8 bytes little-endian in protobuf, decimal digits in JSON.</summary>
    /// <param name="of">The record the time belongs to; the start of a cumulative metric can lie long before the recording.</param>
    void Time(int offset, int length, OtlpRecord of)
    {
    }

    /// <summary>A text; in JSON as escaped there.</summary>
    /// <param name="key">The attribute it is the value of (or an element of); empty for bodies, names, messages.</param>
    void Text(ReadOnlySpan<byte> key, int offset, int length)
    {
    }
}
