using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary><c>String</c>.</summary>
internal sealed class StringColumn(string name) : NativeColumn(name, "String", Data())
{
    private PooledBuffer Values => Parts[0].Buffer;

    /// <summary>A text of the sender's.</summary>
    public void Text(ReadOnlySpan<byte> text) => Values.WriteText(text);

    /// <summary>A word of ours: <c>Internal</c>.</summary>
    public void Word(ReadOnlySpan<byte> word) => Values.WriteString(word);

    /// <summary>An id as lower-case hex; absent or all zero is the empty string, as the exporter stores it.</summary>
    public void Id(ReadOnlySpan<byte> id) => HexText.Write(Values, id.ContainsAnyExcept((byte)0) ? id : default);

    /// <summary>A value that was made once for many rows: length and bytes.</summary>
    public void Encoded(PooledBuffer encoded) => Values.Write(encoded.Written);

    /// <summary>An OTLP value in its text form; false when it is over its bounds.</summary>
    public bool Value(ValueText text, ReadOnlySpan<byte> body, WireSlice value) => text.Write(body, value, Values);
}
