namespace AgentObs.Ingest;

/// <summary>Secrets taken out before storage.</summary>
/// <param name="Total">Of all kinds.</param>
/// <param name="Kinds">By kind: <c>github-token</c>; <c>by-name</c> where the attribute's key gave it away.</param>
public sealed record RedactionSummary(long Total, IReadOnlyDictionary<string, long> Kinds);
