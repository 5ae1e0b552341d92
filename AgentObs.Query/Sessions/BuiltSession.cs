namespace AgentObs.Query;

/// <summary>What SessionTreeBuilder makes of a <see cref="SessionInput"/>.</summary>
/// <param name="Session">Its State is that of the last turn: done, failed or unknown; <see cref="StateFacts"/> has what the clock adds.</param>
/// <param name="RunIds">The ids of the outermost run and of every run nested in it (session.id, conversation.id, trace:...), and of subagents (Claude's agent_id).</param>
internal sealed record BuiltSession(SessionSummary Session, StateFacts State, IReadOnlyList<string> RunIds, IReadOnlyList<TreeNode> Nodes)
{
    /// <summary>What the tree could not prove or did not receive.</summary>
    public required StitchingReport Stitching { get; init; }

    /// <summary>Which of its runs worked on which task, and how that is known.</summary>
    public required IReadOnlyList<TaskRun> Tasks { get; init; }
}
