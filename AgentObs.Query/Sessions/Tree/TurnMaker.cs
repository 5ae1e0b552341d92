using System.Globalization;

namespace AgentObs.Query;

/// <summary>
/// Makes the turns of the outermost run: one node a prompt, from its span or, as long as that is open or was lost, from the prompt's log record,
/// which names the span's id. Notifications and /exit are no turns.
/// </summary>
internal static class TurnMaker
{
    public static void Make(SessionDraft draft)
    {
        if (draft.Root is not { } root)
        {
            return;
        }

        var notifications = Notifications(draft, root);
        foreach (var i in root.Spans)
        {
            MakeFromSpan(draft, root, i, notifications);
        }

        draft.Turns.Sort();
        foreach (var i in root.Logs)
        {
            if (draft.LogReadings[i].Role == LogRole.Prompt)
            {
                MakeFromLog(draft, root, i);
            }
        }

        draft.Turns.Sort();
        AttachNotifications(draft, root);
    }

    private static void MakeFromSpan(SessionDraft draft, AgentRun root, int i, Dictionary<SpanKey, string> notifications)
    {
        var reading = draft.Readings[i];
        var span = draft.Span(i);
        if (reading.Role == SpanRole.AgentRun && IsOutermost(draft, i, root) && !root.Client.RunIsInsideSession)
        {
            Add(draft, root, new SpanKey(span.TraceId, span.SpanId).NodeId, i);
        }
        else if (reading is { Role: SpanRole.Turn, NoTurn: false } && reading.TurnId.Length == 0)
        {
            Add(draft, root, new SpanKey(span.TraceId, span.SpanId).NodeId, i);
        }
        else if (reading.ParentRole == SpanRole.Turn && draft.Table.MissingParent(i) is { } missing)
        {
            if (notifications.TryGetValue(missing.Key, out var callId))
            {
                draft.Turns.Notified(span.TraceId, callId);
                return;
            }

            var turn = Add(draft, root, missing.Key.NodeId, -1);
            turn.Waits = missing.Key;
            turn.Cover(span.Start, span.End);
            draft.Turns.InTrace(span.TraceId, turn);
        }
        else if (reading.TurnId.Length > 0 && root.Client.RunIsInsideSession)
        {
            var turn = Add(draft, root, "turn:" + reading.TurnId, reading is { Role: SpanRole.Turn, Primary: true } ? i : -1);
            draft.Turns.Name(reading.TurnId, turn);
            draft.Turns.InTrace(span.TraceId, turn);
            if (reading.Role == SpanRole.Turn || turn.Start.Value == long.MaxValue)
            {
                turn.Cover(span.Start, span.End);
            }
        }
    }

    // Notifications whose span is open or was lost, with the call they report about: no turn is waited for there.
    private static Dictionary<SpanKey, string> Notifications(SessionDraft draft, AgentRun root)
    {
        var notifications = new Dictionary<SpanKey, string>();
        foreach (var i in root.Logs)
        {
            if (draft.LogReadings[i] is { Role: LogRole.Prompt, NoTurn: true } reading && draft.Logs[i].SpanId.Length > 0)
            {
                notifications.TryAdd(new SpanKey(draft.Logs[i].TraceId, draft.Logs[i].SpanId), reading.NotifiedCallId);
            }
        }

        return notifications;
    }

    private static DraftNode Add(SessionDraft draft, AgentRun root, string id, int span)
    {
        var turn = draft.Node(id, NodeKinds.Turn);
        turn.Name = "prompt";
        turn.Agent = root.Agent;
        turn.Conversation = root.Conversation;
        draft.Turns.Add(turn);
        if (span >= 0 && turn.Span < 0)
        {
            var reading = draft.Readings[span];
            turn.Span = span;
            turn.Detail = reading.Prompt.Length > 0 ? reading.Prompt : turn.Detail;
            turn.Cover(draft.Span(span).Start, draft.Span(span).End);
            draft.Turns.InTrace(draft.Span(span).TraceId, turn);
            draft.Home[span] = turn;
            if (reading.Failed)
            {
                turn.Fail(reading.Error);
            }
        }

        return turn;
    }

    private static void MakeFromLog(SessionDraft draft, AgentRun root, int i)
    {
        var log = draft.Logs[i];
        var reading = draft.LogReadings[i];
        if (reading.NoTurn)
        {
            return;
        }

        if (root.Client.RunIsInsideSession)
        {
            var known = Unprompted(draft, log);
            if (known is null)
            {
                known = Add(draft, root, string.Create(CultureInfo.InvariantCulture, $"turn:{root.Id}:{log.Time.Value}"), -1);
                known.Cover(log.Time, log.Time);
                known.Pending = draft.AwaitsSpans(root);
                known.Waits = known.Pending ? new SpanKey(log.TraceId, "") : null;
                draft.Turns.Sort();
            }

            known.Detail = known.Detail.Length > 0 ? known.Detail : reading.Detail;
            return;
        }

        var key = new SpanKey(log.TraceId, log.SpanId);
        var traced = log.TraceId.Length > 0 && log.SpanId.Length > 0;
        var own = reading.TurnId.Length > 0 ? reading.TurnId : log.Time.Value.ToString(CultureInfo.InvariantCulture);
        var turn = Add(draft, root, traced ? key.NodeId : "turn:" + own, -1);
        turn.Detail = turn.Detail.Length > 0 ? turn.Detail : reading.Detail;
        if (reading.TurnId.Length > 0)
        {
            draft.Turns.Name(reading.TurnId, turn);
        }

        if (turn.Span >= 0)
        {
            return;
        }

        turn.Cover(log.Time, log.Time);
        if (traced)
        {
            draft.Turns.InTrace(log.TraceId, turn);

            // Where no span of the trace came it was not sampled: nothing is missing.
            turn.Waits = draft.Table.HasTrace(log.TraceId) || ((log.TraceFlags & 1) != 0 && draft.IsFresh(root)) ? key : null;
        }
    }

    // The turn that a prompt's record opens: the last that began by then, or where its first spans were not received the next one, if no prompt is
    // known of it. Records come in the order of their time.
    private static DraftNode? Unprompted(SessionDraft draft, LogRow log)
    {
        var known = draft.Turns.At(log.TraceId, log.Time) ?? draft.Turns.At(log.Time);
        if (known is { Detail.Length: 0 })
        {
            return known;
        }

        foreach (var turn in draft.Turns.All)
        {
            if (turn.Start > log.Time)
            {
                return turn.Detail.Length == 0 ? turn : null;
            }
        }

        return null;
    }

    // The model's answer to "your subagent is done" belongs to the turn that started the subagent.
    private static void AttachNotifications(SessionDraft draft, AgentRun root)
    {
        foreach (var (traceId, callId) in draft.Turns.Notifications)
        {
            var call = draft.FindTool(root.Id, callId);
            if (call is { Span: >= 0 } && draft.Turns.At(draft.Span(call.Span).TraceId, draft.Span(call.Span).Start) is { } turn)
            {
                draft.Turns.InTrace(traceId, turn);
            }
        }

        foreach (var i in root.Spans)
        {
            if (draft.Readings[i] is { Role: SpanRole.Turn, NoTurn: true } reading)
            {
                var span = draft.Span(i);
                var call = draft.FindTool(root.Id, reading.NotifiedCallId);
                var turn = (call is { Span: >= 0 } ? draft.Turns.At(draft.Span(call.Span).TraceId, draft.Span(call.Span).Start) : null) ?? draft.Turns.At(span.Start);
                var home = turn ?? draft.Session;
                draft.Home[i] = home;
                home.FoldedSpans++;
                home.FoldedErrors += span.StatusCode == "Error" ? 1 : 0;
                if (turn is not null)
                {
                    draft.Turns.InTrace(span.TraceId, turn);
                }
            }
        }
    }

    private static bool IsOutermost(SessionDraft draft, int i, AgentRun root)
    {
        for (var at = draft.Table.Parent[i]; at >= 0; at = draft.Table.Parent[at])
        {
            if (ReferenceEquals(draft.RunOf[at], root))
            {
                return false;
            }
        }

        return true;
    }
}
