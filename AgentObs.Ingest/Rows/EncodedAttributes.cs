namespace AgentObs.Ingest.Rows;

/// <summary>The attributes of a resource or scope, made once and copied into each of its rows.</summary>
internal sealed class EncodedAttributes
{
    public PooledBuffer Keys { get; } = new();

    public PooledBuffer Values { get; } = new();

    public int Count { get; private set; }

    /// <summary>False when a value is over its bounds.</summary>
    public bool Set(AttributeList attributes, ReadOnlySpan<byte> body)
    {
        Clear();
        Count = attributes.Count;
        return attributes.Write(body, Keys, Values);
    }

    public void Clear()
    {
        Keys.Clear();
        Values.Clear();
        Count = 0;
    }
}
