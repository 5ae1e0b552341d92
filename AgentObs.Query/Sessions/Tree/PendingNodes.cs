namespace AgentObs.Query;

/// <summary>
/// Counts nodes that wait for the span with their id in the node above them. Codex's records come every second and its spans every five, and they share
/// no id of the response or the prompt: a node made from the record alone would change its id when the span lands.
/// </summary>
internal static class PendingNodes
{
    public static void Fold(SessionDraft draft)
    {
        var pending = draft.Nodes.Where(node => node.Pending && node.Parent is not null).ToHashSet();
        if (pending.Count == 0)
        {
            return;
        }

        foreach (var node in draft.Nodes)
        {
            if (!pending.Contains(node) && node.Parent is { } parent && pending.Contains(parent))
            {
                node.Hang(Above(parent), node.Grade, [.. node.Evidence]);
            }
        }

        foreach (var node in pending)
        {
            var above = Above(node);
            if (node.HasTokens)
            {
                above.AddTokens(node.Tokens);
            }

            above.FoldedSpans += node.FoldedSpans + (node.Span >= 0 ? 1 : 0);
            above.FoldedErrors += node.FoldedErrors + (node.Failed ? 1 : 0);
            above.Detail = above.Detail.Length > 0 || node.Kind != NodeKinds.Turn ? above.Detail : node.Detail;
            draft.Remove(node);
        }

        for (var i = 0; i < draft.Home.Length; i++)
        {
            draft.Home[i] = draft.Home[i] is { } home && pending.Contains(home) ? Above(home) : draft.Home[i];
        }

        DraftNode Above(DraftNode node)
        {
            var at = node.Parent!;
            while (pending.Contains(at))
            {
                at = at.Parent!;
            }

            return at;
        }
    }
}
