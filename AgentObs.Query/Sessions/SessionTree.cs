namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/sessions/{id}/tree</c>.</summary>
/// <param name="Nodes">Depth-first, parents before children, siblings by (start, id); the first is the session itself.</param>
public sealed record SessionTree(SessionSummary Session, IReadOnlyList<TreeNode> Nodes);
