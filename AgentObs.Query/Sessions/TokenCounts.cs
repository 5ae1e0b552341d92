namespace AgentObs.Query;

/// <summary>Tokens in disjoint buckets: <c>Input</c> is without cache, <c>Output</c> is without reasoning. 0 where none was reported.</summary>
public sealed record TokenCounts(long Input, long CacheRead, long CacheWrite, long Output, long Reasoning)
{
    public static readonly TokenCounts Zero = new(0, 0, 0, 0, 0);

    public static TokenCounts operator +(TokenCounts left, TokenCounts right) => new(
        left.Input + right.Input,
        left.CacheRead + right.CacheRead,
        left.CacheWrite + right.CacheWrite,
        left.Output + right.Output,
        left.Reasoning + right.Reasoning);
}
