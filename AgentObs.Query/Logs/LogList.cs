namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/logs</c>, newest first.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record LogList(IReadOnlyList<LogRecord> Logs, string? NextCursor);
