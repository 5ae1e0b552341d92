namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/sessions</c>, newest activity first.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record SessionList(IReadOnlyList<SessionSummary> Sessions, string? NextCursor);
