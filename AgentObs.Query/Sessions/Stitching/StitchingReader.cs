namespace AgentObs.Query;

/// <summary>Reads off a finished tree what it could not prove.</summary>
internal static class StitchingReader
{
    public static StitchingReport Read(SessionDraft draft, List<DraftNode> ordered, SessionSummary session)
    {
        var runs = ordered.Where(node => node.Kind == NodeKinds.AgentRun).ToList();
        return new StitchingReport(
            session.Id,
            session.Completeness,
            CallsWithoutChild(draft, ordered),
            [.. runs
                .Where(node => !ReferenceEquals(node, draft.Root!.Node) && IsOutside(draft, node))
                .Select(node => Item(draft, node, node.Evidence.Count > 0 ? node.Evidence[0] : "nothing names its parent"))],
            [.. runs.Where(node => node.Grade == EdgeEvidence.Inferred && !IsOutside(draft, node)).Select(node => Item(draft, node, string.Join("; ", node.Evidence)))],
            MissingParents(draft),
            MissingRoots(draft),
            [.. Completeness.MissingRecords(draft).Select(gap => new StitchingItem(
                draft.FindRun(gap.RunId)!.Node!.Id, gap.RunId, $"event.sequence goes from {gap.After} to {gap.After + gap.Count + 1}", (int)gap.Count))],
            [.. ordered.Where(node => StrayPlacer.IsFold(node)).Select(node => new StitchingItem(
                node.Id, node.Name, "runtime spans without an id: by service and time several runs fit, or none", node.FoldedSpans))]);
    }

    private static bool IsOutside(SessionDraft draft, DraftNode node) =>
        ReferenceEquals(node.Parent, draft.Session) || (node.Parent is { Span: < 0, Waits: not null } parent && ReferenceEquals(parent.Parent, draft.Session));

    private static List<StitchingItem> CallsWithoutChild(SessionDraft draft, List<DraftNode> ordered)
    {
        var withRun = new HashSet<DraftNode>();
        foreach (var node in ordered)
        {
            for (var at = node.Kind == NodeKinds.AgentRun ? node.Parent : null; at is not null && withRun.Add(at); at = at.Parent)
            {
            }
        }

        return [.. draft.Tools
            .Where(tool => tool.Node is not null && tool.Command.Length > 0 && !withRun.Contains(tool.Node))
            .Select(tool => (tool, agent: CommandLine.AgentStarted(tool.Command)))
            .Where(call => call.agent is not null)
            .OrderBy(call => call.tool.Start).ThenBy(call => call.tool.CallId, StringComparer.Ordinal)
            .Select(call => Item(draft, call.tool.Node!, $"its command runs {call.agent}, and no run of it was received below this call"))];
    }

    private static List<StitchingItem> MissingParents(SessionDraft draft) =>
        [.. draft.Table.Missing.Values
            .OrderBy(missing => draft.Span(missing.Children[0]).Start).ThenBy(missing => missing.Key.NodeId, StringComparer.Ordinal)
            .Select(missing =>
            {
                var first = draft.Span(missing.Children[0]);
                var node = draft.FindNode(missing.Key.NodeId) ?? draft.Home[missing.Children[0]] ?? draft.Session;
                var more = missing.Children.Count > 1 ? $" and {missing.Children.Count - 1} more" : "";
                return new StitchingItem(
                    node.Id, first.Name, $"the parent of {first.Name}{more} was not received", missing.Children.Count, missing.Key.TraceId, missing.Key.SpanId);
            })];

    private static List<StitchingItem> MissingRoots(SessionDraft draft) =>
        [.. draft.Runs
            .Where(run => run.Spans.Count > 0 && run.Primaries.Count == 0 && run.Client.RootRank < OtherRank)
            .Where(run => run.Spans.Any(i => draft.Readings[i].Role != SpanRole.Fold))
            .OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal)
            .Select(run => new StitchingItem(run.Node!.Id, run.Agent, "its root span was not received: the process still runs, or ended without sending it", 1))];

    private const int OtherRank = 2;

    private static StitchingItem Item(SessionDraft draft, DraftNode node, string reason)
    {
        var span = node.Span >= 0 ? draft.Span(node.Span) : null;
        return new StitchingItem(node.Id, node.Name, reason, 1, span?.TraceId, span?.SpanId);
    }
}
