using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>The attributes of one record while it is decoded; reused from record to record.</summary>
internal sealed class AttributeList(ValueText text)
{
    private AttributeEntry[] entries = new AttributeEntry[32];

    public int Count { get; private set; }

    public void Clear() => Count = 0;

    /// <summary>Adds a KeyValue message.</summary>
    public void Add(ReadOnlySpan<byte> body, WireSlice keyValue)
    {
        if (Count == entries.Length)
        {
            Array.Resize(ref entries, 2 * Count);
        }

        entries[Count++] = AttributeEntry.Read(body, keyValue);
    }

    /// <summary>Writes keys and values sorted by key, doubled keys all kept. False when a value is nested too deeply.</summary>
    public bool Write(ReadOnlySpan<byte> body, PooledBuffer keys, PooledBuffer values)
    {
        var sorted = entries.AsSpan(0, Count);
        AttributeSort.Sort(sorted, body);
        foreach (ref readonly var entry in sorted)
        {
            keys.WriteText(entry.Key.Of(body));
            if (!text.Write(body, entry.Value, values))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the text of the first attribute of that key; the empty string where there is none.</summary>
    public void WriteFirst(ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, PooledBuffer target)
    {
        foreach (ref readonly var entry in entries.AsSpan(0, Count))
        {
            if (entry.Key.Of(body).SequenceEqual(key))
            {
                text.Write(body, entry.Value, target);
                return;
            }
        }

        target.WriteString(default);
    }
}
