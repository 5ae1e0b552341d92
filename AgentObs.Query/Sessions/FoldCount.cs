namespace AgentObs.Query;

/// <summary>
/// What a node stands for besides its own span, descendants' not counted: own and folded of all nodes add up to
/// <see cref="SessionSummary.Spans"/>.
/// </summary>
public sealed record FoldCount(int Spans, int Errors)
{
    public static readonly FoldCount Zero = new(0, 0);
}
