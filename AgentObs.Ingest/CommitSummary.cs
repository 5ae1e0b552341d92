namespace AgentObs.Ingest;

/// <summary>Commits of one table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Commits">Since the start.</param>
/// <param name="Failed">Of them, those that failed.</param>
/// <param name="RowsPerCommit">Mean of the last 256.</param>
/// <param name="P50Milliseconds">Of the last 256: half took no longer.</param>
/// <param name="P95Milliseconds">Of the last 256: 95 of 100 took no longer.</param>
/// <param name="ActiveParts">Parts on disk now, as storage says; null where it does not answer.</param>
public sealed record CommitSummary(
    string Table, long Commits, long Failed, double RowsPerCommit, double P50Milliseconds, double P95Milliseconds, long? ActiveParts);
