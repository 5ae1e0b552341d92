namespace AgentObs.Ingest.Rows;

/// <summary><c>Map(String, String)</c>: offsets, keys, values.</summary>
internal sealed class MapColumn(string name) : NativeColumn(name, "Map(String, String)", Offsets(), Data(), Data())
{
    /// <summary>One row.</summary>
    public bool Attributes(AttributeList attributes, ReadOnlySpan<byte> body)
    {
        if (!attributes.Write(body, Parts[1].Buffer, Parts[2].Buffer))
        {
            return false;
        }

        Close(attributes.Count);
        return true;
    }

    /// <summary>One row that was made once for many.</summary>
    public void Encoded(EncodedAttributes attributes)
    {
        Parts[1].Buffer.Write(attributes.Keys.Written);
        Parts[2].Buffer.Write(attributes.Values.Written);
        Close(attributes.Count);
    }

    private void Close(int count) => Parts[0].Buffer.WriteUInt64(Parts[0].Buffer.LastUInt64() + (ulong)count);
}
