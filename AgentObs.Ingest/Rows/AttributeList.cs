using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>The attributes of one record while it is decoded; reused from record to record.</summary>
internal sealed class AttributeList(ValueText text)
{
    private AttributeEntry[] entries = new AttributeEntry[32];
    public int Count { get; private set; }

    /// <summary>Why <see cref="Write"/> answered false.</summary>
    public RecordProblem Problem { get; private set; } = RecordProblems.TooManyAttributes;

    private bool IsOver { get; set; }

    public void Clear()
    {
        Count = 0;
        IsOver = false;
    }

    /// <summary>Adds a KeyValue message.</summary>
    public void Add(ReadOnlySpan<byte> body, WireSlice keyValue)
    {
        if (Count == IngestLimits.Attributes)
        {
            IsOver = true;
            return;
        }

        if (Count == entries.Length)
        {
            Array.Resize(ref entries, 2 * Count);
        }

        entries[Count++] = AttributeEntry.Read(body, keyValue);
    }

    /// <summary>Writes keys and values sorted by key, doubled keys all kept. False when a bound is met: <see cref="Problem"/>.</summary>
    public bool Write(ReadOnlySpan<byte> body, PooledBuffer keys, PooledBuffer values)
    {
        if (IsOver)
        {
            return Fail(RecordProblems.TooManyAttributes);
        }

        var sorted = entries.AsSpan(0, Count);
        AttributeSort.Sort(sorted, body);
        foreach (ref readonly var entry in sorted)
        {
            if (entry.Key.Length > IngestLimits.KeyBytes || entry.Value.Length > IngestLimits.ValueBytes)
            {
                return Fail(entry.Key.Length > IngestLimits.KeyBytes ? RecordProblems.LongKey : RecordProblems.LongValue);
            }

            keys.WriteText(entry.Key.Of(body));
            if (!text.Write(body, entry.Value, values))
            {
                return Fail(RecordProblems.DeepValue);
            }
        }

        return true;
    }

    private bool Fail(RecordProblem problem)
    {
        Problem = problem;
        return false;
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
