namespace AgentObs.Query;

/// <summary>A node's word on what it works on.</summary>
internal sealed record TaskClaim(string TaskId, string Title, string Url, DraftNode Node, string Grade, string Evidence);
