namespace AgentObs.Query;

/// <summary>Orders the drafted nodes depth-first, siblings by (start, id), and adds up the tokens below each.</summary>
internal static class TreeWriter
{
    public static List<DraftNode> Order(SessionDraft draft)
    {
        foreach (var node in draft.Nodes)
        {
            node.Children.Clear();
            node.Total = TokenCounts.Zero;
        }

        var under = new HashSet<DraftNode> { draft.Session };
        foreach (var node in draft.Nodes)
        {
            if (!ReferenceEquals(node, draft.Session))
            {
                if (node.Parent is null || !IsUnder(node, under))
                {
                    node.Hang(draft.Session, EdgeEvidence.Inferred, "nothing names its parent");
                }

                node.Parent!.Children.Add(node);
            }
        }

        var ordered = new List<DraftNode>(draft.Nodes.Count);
        var stack = new Stack<DraftNode>();
        CoverPlaceholders(draft);
        stack.Push(draft.Session);
        while (stack.TryPop(out var node))
        {
            ordered.Add(node);
            node.Children.Sort(static (a, b) => b.Start.CompareTo(a.Start) is not 0 and var byStart ? byStart : string.CompareOrdinal(b.Id, a.Id));
            foreach (var child in node.Children)
            {
                stack.Push(child);
            }
        }

        for (var i = ordered.Count - 1; i >= 0; i--)
        {
            var node = ordered[i];
            node.Total += node.Tokens;
            if (node.Parent is { } parent)
            {
                parent.Total += node.Total;
            }
        }

        return ordered;
    }

    public static List<TreeNode> Write(SessionDraft draft, List<DraftNode> ordered)
    {
        var nodes = new List<TreeNode>(ordered.Count);
        var ended = draft.Runs.Where(run => HasEnded(draft, run)).Select(run => run.Node).ToHashSet();
        foreach (var node in ordered)
        {
            var span = node.Span >= 0 ? draft.Span(node.Span) : null;
            var waits = span is null ? node.Waits : null;
            var placeholder = waits is not null;
            var wording = placeholder ? Wording(draft, node, ended) : "";
            nodes.Add(new TreeNode(
                node.Id,
                node.Parent?.Id,
                node.Kind,
                node.Name.Length > 0 ? node.Name : placeholder ? wording : node.Kind,
                Detail(node, wording),
                OrNull(node.Agent),
                OrNull(node.Conversation),
                OrNull(span?.TraceId ?? waits?.TraceId ?? ""),
                OrNull(span is { StartedOnly: true } ? "" : span?.SpanId ?? waits?.SpanId ?? ""),
                node.Start.Value == long.MaxValue ? default : node.Start,
                node.Start.Value == long.MaxValue ? 0 : Math.Max(0, node.End.Value - node.Start.Value),
                node.Failed ? "error" : node.Succeeded ? "ok" : "unset",
                node.Failed ? (node.Error.Length > 0 ? node.Error : "failed") : null,
                node.ExitCode,
                node.Tokens,
                node.Total,
                node.Parent is null ? null : new EdgeEvidence(node.Grade, placeholder ? [.. node.Evidence, wording] : [.. node.Evidence]),
                new FoldCount(node.FoldedSpans, node.FoldedErrors),
                OrNull(node.Task),
                node.Attempts,
                placeholder));
        }

        return nodes;
    }

    // A launcher's span with an exit code is sent when the process is gone, after all that it sent itself.
    private static bool HasEnded(SessionDraft draft, AgentRun run) => run.Launched.Count > 0 && run.Launched.All(i => draft.Readings[i].ExitCode is not null);

    /// <summary>"not received yet" as long as its agent may still send, "never received" after that.</summary>
    private static string Wording(SessionDraft draft, DraftNode node, HashSet<DraftNode?> ended)
    {
        for (var at = node.Parent; at is not null; at = at.Kind == NodeKinds.AgentRun ? null : at.Parent)
        {
            if (ended.Contains(at))
            {
                return "never received";
            }
        }

        var last = draft.Runs.Count == 0 ? default : draft.Runs.Max(run => run.ReceivedAt);
        return draft.Input.Now.Value - last.Value < Freshness.Nano ? "not received yet" : "never received";
    }

    private static string? Detail(DraftNode node, string wording) =>
        wording.Length == 0 || node.Name.Length == 0 ? OrNull(node.Detail) : node.Detail.Length == 0 ? wording : $"{node.Detail} ({wording})";

    // A placeholder's times are those of what hangs under it.
    private static void CoverPlaceholders(SessionDraft draft)
    {
        foreach (var node in draft.Nodes)
        {
            if (node.Span >= 0)
            {
                continue;
            }

            foreach (var child in node.Children)
            {
                Widen(node, child);
            }
        }

        draft.Session.Cover(draft.Session.Start, draft.Session.End);
    }

    private static void Widen(DraftNode node, DraftNode child)
    {
        for (var at = node; at is { Span: < 0 } && child.Start.Value != long.MaxValue; at = at.Parent)
        {
            if (at.Start <= child.Start && at.End >= child.End)
            {
                break;
            }

            at.Cover(child.Start, child.End);
        }
    }

    // The parents of a well-formed tree end at the session; a loop (two placeholders that name each other) does not. Each node is passed once.
    private static bool IsUnder(DraftNode node, HashSet<DraftNode> under)
    {
        if (under.Contains(node.Parent!))
        {
            under.Add(node);
            return true;
        }

        var path = new List<DraftNode>();
        var passed = new HashSet<DraftNode>();
        for (var at = node; at is not null && !under.Contains(at); at = at.Parent)
        {
            if (!passed.Add(at))
            {
                return false;
            }

            path.Add(at);
            if (at.Parent is null)
            {
                return false;
            }
        }

        under.UnionWith(path);
        return true;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
