namespace AgentObs.Ingest.Rows;

/// <summary>An array column over String or numbers: offsets, elements. Elements are written first, then the row is closed.</summary>
internal sealed class ArrayColumn(string name, string type) : NativeColumn(name, type, Offsets(), Data())
{
    private static ReadOnlySpan<byte> Zeros => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private PooledBuffer Values => Parts[1].Buffer;

    public void Text(ReadOnlySpan<byte> text) => Values.WriteText(text);

    /// <summary>An id as lower-case hex; absent or all zero is the empty string.</summary>
    public void Id(ReadOnlySpan<byte> id) => HexText.Write(Values, id.ContainsAnyExcept((byte)0) ? id : default);

    /// <summary>An id as lower-case hex; an absent one as zeros.</summary>
    public void PaddedId(ReadOnlySpan<byte> id, int bytes) => HexText.Write(Values, id.IsEmpty ? Zeros[..bytes] : id);

    public void Bits64(ulong value) => Values.WriteUInt64(value);

    /// <inheritdoc cref="UnixTime.Storable"/>
    public void Time(ulong unixNano) => Values.WriteUInt64(UnixTime.Storable(unixNano));

    public void Float64(double value) => Values.WriteUInt64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>Eight-byte elements as they stand on the wire.</summary>
    public void Raw(ReadOnlySpan<byte> elements) => Values.Write(elements);

    /// <summary>Ends a row of <paramref name="count"/> elements.</summary>
    public void Close(int count) => Parts[0].Buffer.WriteUInt64(Parts[0].Buffer.LastUInt64() + (ulong)count);
}
