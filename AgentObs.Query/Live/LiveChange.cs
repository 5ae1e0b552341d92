namespace AgentObs.Query;

/// <summary>Data of a <c>changed</c> event of <c>GET /api/live</c>: these sessions changed, appeared or were deleted.</summary>
public sealed record LiveChange(IReadOnlyList<string> Sessions);
