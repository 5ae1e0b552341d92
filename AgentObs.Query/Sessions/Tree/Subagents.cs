namespace AgentObs.Query;

/// <summary>
/// Subagents that share their caller's run id (Claude's <c>agent_id</c>): their spans hang under the Agent tool's execution, and one agent_run node
/// is put between.
/// </summary>
internal static class Subagents
{
    public static DraftNode Between(SessionDraft draft, AgentRun run, int i, DraftNode above)
    {
        var id = draft.Readings[i].SubagentId;
        return id.Length == 0 || above.Subagent == id ? above : Of(draft, run, id, above);
    }

    /// <summary>The subagent's node, hung under <paramref name="above"/> where that is its first or a nearer place.</summary>
    public static DraftNode Of(SessionDraft draft, AgentRun run, string subagentId, DraftNode above)
    {
        var node = draft.Node(NodeIds.Subagent(run.Id, subagentId), NodeKinds.AgentRun);
        node.Agent = run.Agent;
        node.Conversation = subagentId;
        node.Subagent = subagentId;
        node.Name = node.Name.Length > 0 ? node.Name : node.Agent;
        if (!ReferenceEquals(above, node) && !above.IsInside(node) && (node.Parent is null || Nearness(above) > Nearness(node.Parent)))
        {
            node.Hang(above, EdgeEvidence.Proven, "span parent in the same trace", $"equal agent_id {subagentId}");
            if (above.Kind == NodeKinds.ToolCall)
            {
                node.Name = above.Detail.Length > 0 ? above.Detail : node.Name;
            }
        }

        return node;
    }

    // A turn or run is only what contains the call; a span that was not received may be the call's execution; a received one is the call.
    private static int Nearness(DraftNode node) => node.Kind is NodeKinds.Session or NodeKinds.Turn or NodeKinds.AgentRun ? 0 : node.Span < 0 ? 1 : 2;
}
