using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>What the session's state follows from: how its last turn ended, whether one is open, whether a tool waits for a decision.</summary>
internal static class SessionState
{
    public static StateFacts Read(SessionDraft draft, List<DraftNode> ordered, UnixNano received)
    {
        var turn = draft.Turns.All.Count > 0 ? draft.Turns.All[^1] : null;
        var open = turn is null
            ? IsOpen(draft, ordered)
            : turn.Span < 0 && (turn.Waits is not null || turn.FoldedSpans > 0);
        var last = turn is null ? draft.Root!.Node! : turn;
        var calls = new List<DraftNode>();
        foreach (var node in ordered)
        {
            if (node.Kind == NodeKinds.ModelCall && node.Conversation == draft.Root!.Id && (turn is null || node.Start >= turn.Start))
            {
                calls.Add(node);
            }
        }

        var failed = last.Failed || calls.OrderBy(call => call.Start).LastOrDefault() is { Failed: true };
        var ended = turn is null ? !open : turn.Span >= 0;
        var lastTurn = failed ? SessionStates.Failed : ended ? SessionStates.Done : SessionStates.Unknown;
        return new StateFacts(lastTurn, open, received, OpenDecision(draft));
    }

    // A program has no turns: it is open as long as its launcher's span or a parent that its spans name was not received.
    private static bool IsOpen(SessionDraft draft, List<DraftNode> ordered) =>
        draft.Root!.Spans.Count == 0 || draft.Root.Spans.Any(i => draft.Span(i).StartedOnly) || ordered.Any(node => node.Span < 0 && node.Waits is not null && ReferenceEquals(node.Parent, draft.Session));

    // stop_reason=tool_use, and no tool_decision with its request_id, no tool span after it.
    private static UnixNano? OpenDecision(SessionDraft draft)
    {
        UnixNano? since = null;
        HashSet<string> decided = [.. draft.Tools.Where(tool => tool.Decided).Select(tool => tool.ResponseId)];
        var lastTool = new Dictionary<string, UnixNano>(StringComparer.Ordinal);
        for (var i = 0; i < draft.Table.Count; i++)
        {
            if (draft.Readings[i].Role is SpanRole.ToolCall or SpanRole.PermissionWait or SpanRole.Merge)
            {
                lastTool[draft.Span(i).TraceId] = draft.Span(i).Start;
            }
        }

        for (var i = 0; i < draft.Table.Count; i++)
        {
            var reading = draft.Readings[i];
            var span = draft.Span(i);
            if (reading.AsksForTool && !decided.Contains(reading.ResponseId)
                && !(lastTool.TryGetValue(span.TraceId, out var tool) && tool >= span.Start))
            {
                since = since is { } other && other < span.ReceivedAt ? other : span.ReceivedAt;
            }
        }

        return since;
    }
}
