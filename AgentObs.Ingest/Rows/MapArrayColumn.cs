namespace AgentObs.Ingest.Rows;

/// <summary><c>Array(Map(String, String))</c>: offsets, map offsets, keys, values.</summary>
internal sealed class MapArrayColumn(string name) : NativeColumn(name, "Array(Map(String, String))", Offsets(), Offsets(), Data(), Data())
{
    /// <summary>One element of the row.</summary>
    public bool Attributes(AttributeList attributes, ReadOnlySpan<byte> body)
    {
        if (!attributes.Write(body, Parts[2].Buffer, Parts[3].Buffer))
        {
            return false;
        }

        Parts[1].Buffer.WriteUInt64(Parts[1].Buffer.LastUInt64() + (ulong)attributes.Count);
        return true;
    }

    /// <summary>Ends a row of <paramref name="count"/> elements.</summary>
    public void Close(int count) => Parts[0].Buffer.WriteUInt64(Parts[0].Buffer.LastUInt64() + (ulong)count);
}
