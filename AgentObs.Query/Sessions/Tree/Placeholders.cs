namespace AgentObs.Query;

/// <summary>Stands for a span that was named as a parent and was not received. It has the id of that span's node, and gives way to it.</summary>
internal static class Placeholders
{
    public static DraftNode Of(SessionDraft draft, MissingSpan missing, DraftNode container)
    {
        var role = SpanRole.Fold;
        foreach (var child in missing.Children)
        {
            role = role == SpanRole.Fold ? draft.Readings[child].ParentRole : role;
        }

        // The prompt of a nested run, or a notification, is no node: what names it hangs where it would.
        if (role == SpanRole.Turn && draft.FindNode(missing.Key.NodeId) is null)
        {
            return container;
        }

        if (role == SpanRole.ToolCall && draft.Clients[missing.Children[0]].LogsNameCalls)
        {
            return OfCall(draft, missing, container);
        }

        // The span that says the rest about a tool call is never a node: what hangs under it hangs under the call.
        var kind = role switch
        {
            SpanRole.Turn => NodeKinds.Turn,
            SpanRole.ToolCall => NodeKinds.ToolCall,
            _ => NodeKinds.Span,
        };
        var node = draft.Node(missing.Key.NodeId, kind);
        if (node.Parent is null && !ReferenceEquals(node, container))
        {
            node.Waits = missing.Key;
            node.Hang(container, EdgeEvidence.Inferred, "its own parent is not known before it is received");
        }

        return node;
    }

    // A call's node has the call's id. As long as nothing received tells it there is no node: what names the span hangs where the call would.
    private static DraftNode OfCall(SessionDraft draft, MissingSpan missing, DraftNode container)
    {
        if (!draft.LostCalls.TryGetValue(missing.Key, out var tool))
        {
            return container;
        }

        var node = draft.Node(NodeIds.Call(tool.RunId, tool.CallId), NodeKinds.ToolCall);
        if (node.Parent is null && node.Span < 0)
        {
            node.Waits = missing.Key;
            node.Agent = draft.FindRun(tool.RunId)?.Agent ?? "";
            node.Conversation = draft.FindRun(tool.RunId)?.Conversation ?? "";
            node.Subagent = tool.SubagentId;
            var above = tool.SubagentId.Length > 0 && draft.FindRun(tool.RunId) is { } run ? Subagents.Of(draft, run, tool.SubagentId, container) : container;
            node.Hang(above, EdgeEvidence.Inferred, "its own parent is not known before it is received");
            Tools.Fill(tool, node);
            node.Cover(tool.Start, tool.End);
        }

        return node;
    }
}
