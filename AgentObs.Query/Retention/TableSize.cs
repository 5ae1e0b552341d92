namespace AgentObs.Query;

/// <summary>What the active parts of a table hold.</summary>
internal readonly record struct TableSize(long Rows, long Bytes)
{
    public double BytesPerRow => Rows == 0 ? 0 : (double)Bytes / Rows;
}
