using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>The attributes of one record while it is decoded; reused from record to record.</summary>
internal sealed class AttributeList(ValueText text)
{
    private AttributeEntry[] entries = new AttributeEntry[32];
    private bool isOver;

    public int Count { get; private set; }

    public void Clear()
    {
        Count = 0;
        isOver = false;
    }

    /// <summary>Adds a KeyValue message.</summary>
    public void Add(ReadOnlySpan<byte> body, WireSlice keyValue)
    {
        if (Count == RecordLimits.Attributes)
        {
            isOver = true;
            return;
        }

        if (Count == entries.Length)
        {
            Array.Resize(ref entries, 2 * Count);
        }

        entries[Count++] = AttributeEntry.Read(body, keyValue);
    }

    /// <summary>Writes keys and values sorted by key, doubled keys all kept. False when there are too many, or a value is over its bounds.</summary>
    public bool Write(ReadOnlySpan<byte> body, PooledBuffer keys, PooledBuffer values)
    {
        if (isOver)
        {
            return false;
        }

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
