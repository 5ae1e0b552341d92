namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/traces</c>, newest first.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record TraceList(IReadOnlyList<TraceSummary> Traces, string? NextCursor);
