namespace AgentObs.Query;

/// <summary>How strongly a run claims a trace. The smallest claim owns it: by rank, then time, then id, so that order of arrival is nothing.</summary>
internal readonly record struct Claim(int Rank, long At, string RunId) : IComparable<Claim>
{
    public int CompareTo(Claim other)
    {
        var order = Rank.CompareTo(other.Rank);
        order = order != 0 ? order : At.CompareTo(other.At);
        return order != 0 ? order : string.CompareOrdinal(RunId, other.RunId);
    }
}
