using AgentObs.Query;

namespace AgentObs.Web.Components;

/// <summary>A picked node and the way to it from the root.</summary>
public sealed record NodeSelection(TreeNode Node, IReadOnlyList<NodeStep> Path);
