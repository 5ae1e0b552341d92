namespace AgentObs.Ingest.Wire;

/// <summary>Where a length-delimited value stands in the body; <c>default</c> is an absent one.</summary>
internal readonly record struct WireSlice(int Start, int Length)
{
    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> body) => body.Slice(Start, Length);
}
