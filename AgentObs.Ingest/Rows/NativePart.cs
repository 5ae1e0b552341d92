namespace AgentObs.Ingest.Rows;

/// <summary>
/// One run of bytes of a column in ClickHouse Native. A String or number column is one part; Map and Array columns are an offsets part
/// (running totals as UInt64) followed by the parts of what they hold.
/// </summary>
internal readonly record struct NativePart(PooledBuffer Buffer, bool IsOffsets);
