namespace AgentObs.Ingest.Rows;

/// <summary>A column under construction. Types are plain (String, not LowCardinality): the engine casts, at equal cost end to end.</summary>
internal abstract class NativeColumn(string name, string type, params NativePart[] parts)
{
    public string Name { get; } = name;

    /// <summary>The ClickHouse type as it is written into the block: <c>Map(String, String)</c>.</summary>
    public string Type { get; } = type;

    /// <summary>In the order in which Native writes them.</summary>
    public NativePart[] Parts { get; } = parts;

    protected static NativePart Offsets() => new(new PooledBuffer(), true);

    protected static NativePart Data() => new(new PooledBuffer(), false);
}
