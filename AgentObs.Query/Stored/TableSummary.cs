namespace AgentObs.Query;

/// <summary>What a table holds on disk.</summary>
/// <param name="Rows">Of its active parts; repeated rows count until they are merged.</param>
/// <param name="Bytes">On disk, compressed.</param>
/// <param name="Parts">Active ones: hundreds say that inserts are too small or merges do not keep up.</param>
public sealed record TableSummary(string Name, long Rows, long Bytes, int Parts);
