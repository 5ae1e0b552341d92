using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Reads the session's own facts off its finished tree: title, tokens, errors, turns, what its state follows from.</summary>
internal static class SessionFacts
{
    private const int TitleLength = 160;

    /// <summary>Gives the session's node its times: all that was received, wherever it stands in the tree.</summary>
    public static void Bound(SessionDraft draft)
    {
        foreach (var span in draft.Table.Spans)
        {
            draft.Session.Cover(span.Start, span.End);
        }

        for (var i = 0; i < draft.Logs.Length; i++)
        {
            if (draft.LogRunOf[i] is not null)
            {
                draft.Session.Cover(draft.Logs[i].Time, draft.Logs[i].Time);
            }
        }
    }

    public static (SessionSummary Session, StateFacts State) Read(SessionDraft draft, List<DraftNode> ordered)
    {
        var root = draft.Root!;
        var (start, end) = (draft.Session.Start, draft.Session.End);
        var received = new UnixNano(long.MinValue);
        foreach (var span in draft.Table.Spans)
        {
            received = span.ReceivedAt > received ? span.ReceivedAt : received;
        }

        for (var i = 0; i < draft.Logs.Length; i++)
        {
            received = draft.LogRunOf[i] is not null && draft.Logs[i].ReceivedAt > received ? draft.Logs[i].ReceivedAt : received;
        }

        draft.Session.Name = draft.Session.Agent;
        draft.Session.Detail = Title(draft, ordered);
        var errors = 0;
        foreach (var node in ordered)
        {
            errors += (node.Failed ? 1 : 0) + node.FoldedErrors;
        }

        var state = SessionState.Read(draft, ordered, received);
        var session = new SessionSummary(
            root.SessionId,
            draft.Session.Agent,
            draft.Session.Detail,
            start,
            end,
            state.LastTurn,
            ordered.Count(node => node.Kind == NodeKinds.Turn),
            ordered.Count(node => node.Kind == NodeKinds.AgentRun),
            draft.Table.Count,
            errors,
            draft.Session.Total,
            [.. ordered.Select(node => node.Task).Where(task => task.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Place(draft, "vcs.repository.url.full", "vcs.repository.name", "agentobs.repository"),
            Place(draft, "vcs.ref.head.name", "agentobs.branch"),
            Completeness.Of(draft),
            [.. draft.Table.Spans.Where(span => !span.StartedOnly).Select(span => span.TraceId)
                .Where(trace => trace.Length > 0)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)]);
        return (session, state);
    }

    /// <summary>The first prompt, else the first command, else the working folder, else the first span's name.</summary>
    private static string Title(SessionDraft draft, List<DraftNode> ordered)
    {
        var prompt = ordered.FirstOrDefault(node => node.Kind == NodeKinds.Turn && node.Detail.Length > 0)?.Detail
            ?? ordered.FirstOrDefault(node => node.Kind == NodeKinds.AgentRun && node.Detail.Length > 0)?.Detail
            ?? ordered.FirstOrDefault(node => node.Kind == NodeKinds.ToolCall && node.Detail.Length > 0)?.Detail
            ?? draft.Readings.FirstOrDefault(reading => reading.Folder.Length > 0)?.Folder
            ?? ordered.Skip(1).FirstOrDefault(node => node.Span >= 0)?.Name
            ?? draft.Session.Agent;
        var line = string.Join(' ', prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > TitleLength ? line[..(TitleLength - 1)] + "…" : line;
    }

    private static string? Place(SessionDraft draft, params ReadOnlySpan<string> keys)
    {
        foreach (var run in draft.Runs.OrderBy(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal))
        {
            var value = run.Resource.FirstOf(keys);
            if (value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }
}
