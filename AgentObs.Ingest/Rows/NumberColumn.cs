namespace AgentObs.Ingest.Rows;

/// <summary>A column of fixed-width numbers, little endian. The caller writes the width that the type has.</summary>
internal sealed class NumberColumn(string name, string type) : NativeColumn(name, type, Data())
{
    private PooledBuffer Values => Parts[0].Buffer;

    /// <summary>UInt8, Bool.</summary>
    public void Byte(byte value) => Values.WriteByte(value);

    /// <summary>Int32, UInt32.</summary>
    public void Bits32(int value) => Values.WriteInt32(value);

    public void Bits64(ulong value) => Values.WriteUInt64(value);

    /// <inheritdoc cref="UnixTime.Storable"/>
    public void Time(ulong unixNano) => Values.WriteUInt64(UnixTime.Storable(unixNano));

    public void Float64(double value) => Values.WriteUInt64(BitConverter.DoubleToUInt64Bits(value));
}
