namespace AgentObs.Query;

/// <summary>A span that others name as their parent and that was not received.</summary>
internal sealed class MissingSpan(SpanKey key)
{
    public SpanKey Key { get; } = key;

    /// <summary>Indices of the spans that name it, in the order of <see cref="SpanTable"/>.</summary>
    public List<int> Children { get; } = [];
}
