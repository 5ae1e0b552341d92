namespace AgentObs.Query;

/// <summary>Gives every span a node of its own under its real parent: the tree with all folds open. Nodes keep their ids.</summary>
internal static class Unfolder
{
    public static void Unfold(SessionDraft draft)
    {
        var table = draft.Table;
        var nodes = new DraftNode[table.Count];
        var holders = (DraftNode?[])draft.Home.Clone();
        foreach (var i in table.Order)
        {
            var holder = holders[i] ?? draft.Session;
            var parent = table.Parent[i];
            var beside = parent >= 0 && ReferenceEquals(holders[parent], holder);
            if (holder.Span == i)
            {
                nodes[i] = holder;
                continue;
            }

            var span = draft.Span(i);
            var node = draft.Node(new SpanKey(span.TraceId, span.SpanId).NodeId, NodeKinds.Span);
            node.Span = i;
            node.Name = span.Name;
            node.Agent = holder.Agent;
            node.Conversation = draft.RunOf[i]?.Conversation ?? "";
            node.Cover(span.Start, span.End);
            node.Succeeded = span.StatusCode == "Ok";
            if (draft.Readings[i].Failed || span.StatusCode == "Error")
            {
                node.Fail(draft.Readings[i].Error.Length > 0 ? draft.Readings[i].Error : span.StatusMessage);
            }

            node.Hang(beside ? nodes[parent] : holder, EdgeEvidence.Proven, beside ? "span parent in the same trace" : Why(draft, i, holder));
            nodes[i] = node;
        }

        foreach (var node in draft.Nodes)
        {
            node.FoldedSpans = 0;
            node.FoldedErrors = 0;
            if (node.Span >= 0 && table.Parent[node.Span] is >= 0 and var parent && ReferenceEquals(holders[parent], node.Parent)
                && !ReferenceEquals(nodes[parent], node.Parent) && (node.Kind == NodeKinds.Span || !nodes[parent].IsInside(node)))
            {
                node.Hang(nodes[parent], node.Grade, [.. node.Evidence]);
            }
        }
    }

    private static string Why(SessionDraft draft, int i, DraftNode holder) =>
        draft.RunOf[i] is { } run ? $"belongs to {run.Id}" : holder.Kind == NodeKinds.AgentRun ? "same service and time" : "fits several runs or none";
}
