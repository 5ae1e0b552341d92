namespace AgentObs.Query;

/// <summary>What SessionTreeBuilder makes of a <see cref="SessionInput"/>.</summary>
/// <param name="Session">Its State is that of the last turn: done, failed or unknown; <see cref="StateFacts"/> has what the clock adds.</param>
/// <param name="RunIds">The ids of the outermost run and of every run nested in it (session.id, conversation.id, trace:...).</param>
internal sealed record BuiltSession(SessionSummary Session, StateFacts State, IReadOnlyList<string> RunIds, IReadOnlyList<TreeNode> Nodes);
