namespace AgentObs.Query;

/// <summary>Answer of <c>GET /healthz</c>.</summary>
public sealed record Health(string Status);
