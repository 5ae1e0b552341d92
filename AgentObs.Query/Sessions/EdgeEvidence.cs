namespace AgentObs.Query;

/// <summary>Why a node hangs under its parent.</summary>
/// <param name="Grade"><see cref="Proven"/> or <see cref="Inferred"/>.</param>
/// <param name="Evidence">What shows it, in words for a reader: <c>span parent in the same trace</c>, <c>equal turn.id</c>, ...</param>
public sealed record EdgeEvidence(string Grade, IReadOnlyList<string> Evidence)
{
    public const string Proven = "proven";
    public const string Inferred = "inferred";
}
