namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/storage</c>.</summary>
/// <param name="Program">Version of the program that answers: <c>0.1.0+4719ee8</c>, with the commit where it was built from one.</param>
/// <param name="Topology"><c>embedded</c> or <c>containers</c>.</param>
/// <param name="Engine">ClickHouse's version: <c>26.7.3.1</c>.</param>
/// <param name="Database">The database that is read.</param>
/// <param name="Schema">Number of the last schema file that was applied.</param>
/// <param name="Tables">Those that hold something, the largest first.</param>
public sealed record StoredSummary(string Program, string Topology, string Engine, string Database, int Schema, IReadOnlyList<TableSummary> Tables);
