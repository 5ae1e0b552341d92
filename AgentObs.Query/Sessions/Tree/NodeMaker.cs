using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Makes the nodes of spans and hangs each under the nearest node above it; what is no node is counted there.</summary>
internal static class NodeMaker
{
    private const string SpanParent = "span parent in the same trace";

    public static void Make(SessionDraft draft)
    {
        MakeRunNodes(draft);
        foreach (var turn in draft.Turns.All)
        {
            HangTurn(draft, turn);
        }

        var samplings = new ModelCallIndex();
        foreach (var i in draft.Table.Order)
        {
            if (draft.RunOf[i] is { } run && draft.Home[i] is null)
            {
                draft.Home[i] = Place(draft, run, i, samplings);
            }
        }

        samplings.MergeUsage(draft);
        samplings.MergeAttempts(draft);
        foreach (var run in draft.Runs)
        {
            HangRun(draft, run);
        }
    }

    public static DraftNode Container(SessionDraft draft, AgentRun run, string traceId, UnixNano time, string turnId)
    {
        if (!ReferenceEquals(run, draft.Root))
        {
            return run.Node!;
        }

        return draft.Turns.Find(turnId)
            ?? (run.Client.RunIsInsideSession ? draft.Turns.At(time) : draft.Turns.At(traceId, time) ?? (traceId.Length == 0 ? draft.Turns.At(time) : null))
            ?? run.Node!;
    }

    private static void MakeRunNodes(SessionDraft draft)
    {
        foreach (var run in draft.Runs)
        {
            if (ReferenceEquals(run, draft.Root) && !run.Client.RunIsInsideSession)
            {
                run.Node = draft.Session;
                continue;
            }

            var node = draft.Node(NodeIds.Run(run.Id), NodeKinds.AgentRun);
            run.Node = node;
            node.Agent = run.Agent;
            node.Name = node.Agent;
            node.Conversation = run.Conversation;
            node.Cover(run.Start, run.End);
            node.Attempts = Attempts(draft, run);
        }

        draft.Session.Attempts = draft.Root is { } root ? Attempts(draft, root) : 1;
    }

    // Processes: a resumed conversation is one run in which the prompts are counted from 1 again, or in which more than one codex.exec ran.
    private static int Attempts(SessionDraft draft, AgentRun run)
    {
        var first = run.Spans.Count(i => draft.Readings[i] is { Role: SpanRole.Turn, PromptNumber: 1 });
        var entries = run.Primaries.Count(i => draft.Readings[i].Role == SpanRole.Entry);
        var starts = run.Logs.Count(i => draft.LogReadings[i].Role == LogRole.RunStart);
        return Math.Max(1, Math.Max(Math.Max(first, run.Launched.Count), Math.Max(entries, starts)));
    }

    private static void HangTurn(SessionDraft draft, DraftNode turn)
    {
        var run = draft.Root!;
        if (turn.Span >= 0 && draft.Table.MissingParent(turn.Span) is { } missing && !run.Client.RunIsInsideSession)
        {
            turn.Hang(Placeholders.Of(draft, missing, draft.Session), EdgeEvidence.Proven, SpanParent);
            return;
        }

        turn.Hang(run.Node!, EdgeEvidence.Proven, run.Client.RunIsInsideSession ? $"equal conversation.id {run.Id}" : $"equal session id {run.Id}");
    }

    private static void HangRun(SessionDraft draft, AgentRun run)
    {
        var node = run.Node!;
        if (ReferenceEquals(node, draft.Session))
        {
            return;
        }

        switch (run.Parent)
        {
            case { Span: >= 0 } parent when draft.Home[parent.Span] is { } home && !home.IsInside(node):
                node.Hang(home, parent.Grade, [.. parent.Evidence]);
                break;
            case { Call.Node: { } call } parent when !call.IsInside(node):
                node.Hang(call, parent.Grade, [.. parent.Evidence]);
                break;
            case { Run.Node: { } other } parent when !other.IsInside(node):
                var holder = Container(draft, parent.Run, "", run.Start, "");
                node.Hang(holder.IsInside(node) ? draft.Session : holder, parent.Grade, [.. parent.Evidence]);
                break;
            case { Missing: { } missing } parent:
                node.Hang(Placeholders.Of(draft, missing, draft.Session), parent.Grade, [.. parent.Evidence]);
                break;
            default:
                node.Hang(
                    draft.Session,
                    ReferenceEquals(run, draft.Root) ? EdgeEvidence.Proven : EdgeEvidence.Inferred,
                    ReferenceEquals(run, draft.Root) ? "it is the session's outermost run" : "shares a trace or an id with the session; nothing names its parent");
                break;
        }
    }

    private static DraftNode Place(SessionDraft draft, AgentRun run, int i, ModelCallIndex samplings)
    {
        var reading = draft.Readings[i];
        var span = draft.Span(i);
        switch (reading.Role)
        {
            case SpanRole.Turn when ReferenceEquals(run, draft.Root) && draft.Turns.Find(reading.TurnId) is { } turn:
                return Count(draft, i, turn);
            case SpanRole.Turn when !ReferenceEquals(run, draft.Root):
            case SpanRole.Entry:
                return OwnRun(draft, run, i);
            case SpanRole.AgentRun when draft.Clients[i] is Launcher && run.Client is not Launcher:
                return Launched(draft, run, i);
            case SpanRole.AgentRun when draft.Table.Parent[i] is var p && (p < 0 || !ReferenceEquals(draft.RunOf[p], run)) && !ReferenceEquals(run.Node, draft.Session):
                return OwnRun(draft, run, i);
            case SpanRole.Fold:
                return Count(draft, i, Above(draft, run, i, keeps: false).Node);
            case SpanRole.Merge:
                return Count(draft, i, Above(draft, run, i, keeps: true).Node);
            case SpanRole.Attempt:
                samplings.Attempts.Add(i);
                return Above(draft, run, i, keeps: false).Node;
            case SpanRole.Usage:
                samplings.Usage.Add(i);
                return Above(draft, run, i, keeps: false).Node;
            default:
                break;
        }

        var kind = reading.Role switch
        {
            SpanRole.ModelCall => NodeKinds.ModelCall,
            SpanRole.ToolCall => NodeKinds.ToolCall,
            SpanRole.PermissionWait => NodeKinds.PermissionWait,
            SpanRole.AgentRun => NodeKinds.AgentRun,
            SpanRole.Turn => NodeKinds.Turn,
            _ => NodeKinds.Span,
        };
        if (kind == NodeKinds.Span && draft.FindNode(NodeId(draft, run, i)) is { Kind: NodeKinds.Turn, Span: < 0 } named)
        {
            // The prompt's record names this span, whatever a later version of the client calls it.
            named.Span = i;
            named.Cover(span.Start, span.End);
            return named;
        }

        var (above, evidence) = Above(draft, run, i, keeps: true);
        var node = draft.Node(NodeId(draft, run, i), kind);
        if (node.Span >= 0)
        {
            // Two spans of one call: the first is the node.
            return Count(draft, i, node);
        }

        Fill(draft, run, i, node);
        node.Hang(Subagents.Between(draft, run, i, above), EdgeEvidence.Proven, evidence);
        node.Subagent = reading.SubagentId.Length > 0 ? reading.SubagentId : above.Subagent;
        if (reading.Role == SpanRole.ModelCall)
        {
            samplings.Add(draft, i, node);
        }

        return node;
    }

    private static string NodeId(SessionDraft draft, AgentRun run, int i)
    {
        var reading = draft.Readings[i];
        return reading.Role == SpanRole.ToolCall && draft.Clients[i].LogsNameCalls && reading.CallId.Length > 0
            ? NodeIds.Call(run.Id, reading.CallId)
            : reading is { Role: SpanRole.ModelCall, ResponseId.Length: > 0 }
                ? NodeIds.Response(run.Id, reading.ResponseId)
                : new SpanKey(draft.Span(i).TraceId, draft.Span(i).SpanId).NodeId;
    }

    private static void Fill(SessionDraft draft, AgentRun run, int i, DraftNode node)
    {
        var reading = draft.Readings[i];
        var span = draft.Span(i);
        node.Span = i;
        node.Name = reading.Name.Length > 0 ? reading.Name : reading.Role == SpanRole.ModelCall ? Models.Of(draft, i) is { Length: > 0 } model ? model : span.Name : span.Name;
        node.Detail = reading.Detail;
        node.Agent = node.Kind == NodeKinds.AgentRun && reading.Name.Length > 0 ? reading.Name : run.Agent;
        node.Conversation = run.Conversation;
        node.Cover(span.Start, span.End);
        node.ExitCode = reading.ExitCode;
        node.Succeeded = reading.Succeeded || span.StatusCode == "Ok";
        if (reading.Failed || span.StatusCode == "Error")
        {
            node.Fail(reading.Error.Length > 0 ? reading.Error : span.StatusMessage);
        }

        if (reading.Tokens is { } tokens)
        {
            node.AddTokens(tokens);
        }

        if (reading.Role == SpanRole.ToolCall && draft.FindTool(run.Id, reading.CallId) is { } tool)
        {
            Tools.Fill(tool, node);
        }
    }

    /// <summary>The node above a span and why.</summary>
    /// <param name="keeps">The span is a node itself: a parent that was not received gets a placeholder.</param>
    private static (DraftNode Node, string Evidence) Above(SessionDraft draft, AgentRun run, int i, bool keeps)
    {
        var span = draft.Span(i);
        var reading = draft.Readings[i];
        var parent = draft.Table.Parent[i];
        if (parent >= 0)
        {
            if (ReferenceEquals(draft.RunOf[parent], run) && draft.Home[parent] is { } home)
            {
                // A call below the run's own entry spans belongs to its turn, which they do not all name.
                return keeps && ReferenceEquals(home, run.Node) && ReferenceEquals(run, draft.Root) && run.Client.RunIsInsideSession
                    ? (Container(draft, run, span.TraceId, span.Start, reading.TurnId), reading.TurnId.Length > 0 ? $"equal turn.id {reading.TurnId}" : SpanParent)
                    : (home, SpanParent);
            }

            return (Container(draft, run, span.TraceId, span.Start, reading.TurnId), SpanParent);
        }

        var container = keeps || !run.Client.RunIsInsideSession
            ? Container(draft, run, span.TraceId, span.Start, reading.TurnId)
            : draft.Turns.Find(reading.TurnId) ?? run.Node!;
        if (keeps && draft.Table.MissingParent(i) is { } missing && !IsOwnRoot(draft, run))
        {
            var placeholder = Placeholders.Of(draft, missing, container);
            if (!ReferenceEquals(placeholder, container))
            {
                return (placeholder, SpanParent);
            }
        }

        return (container, reading.TurnId.Length > 0 ? $"equal turn.id {reading.TurnId}" : $"equal id {run.Id}");
    }

    // The root of a nested GenAI run is the run's own node: while it is open, what names it hangs there at once.
    private static bool IsOwnRoot(SessionDraft draft, AgentRun run) =>
        !ReferenceEquals(run, draft.Root) && run is { HasConversation: true, Client: { RunIsInsideSession: false, BorrowsRun: true }, Primaries.Count: 0 };

    private static DraftNode OwnRun(SessionDraft draft, AgentRun run, int i)
    {
        var node = run.Node!;
        if (draft.Readings[i].Primary && node.Span < 0 && !ReferenceEquals(node, draft.Session))
        {
            var reading = draft.Readings[i];
            node.Span = i;
            node.Cover(draft.Span(i).Start, draft.Span(i).End);
            node.Detail = reading.Prompt.Length > 0 ? reading.Prompt : reading.Detail.Length > 0 ? reading.Detail : node.Detail;
            node.ExitCode ??= reading.ExitCode;
            if (reading.Failed)
            {
                node.Fail(reading.Error);
            }

            return node;
        }

        return Count(draft, i, node);
    }

    // The launcher's span says how the agent's process ended.
    private static DraftNode Launched(SessionDraft draft, AgentRun run, int i)
    {
        var reading = draft.Readings[i];
        var node = run.Node!;
        node.FoldedSpans++;
        node.ExitCode ??= reading.ExitCode;
        node.Cover(draft.Span(i).Start, draft.Span(i).End);
        if (reading.Failed)
        {
            node.Fail(reading.Error);
        }

        return node;
    }

    // An error is never hidden by a fold: it is the node's own where the span speaks for the node, else it is counted.
    private static DraftNode Count(SessionDraft draft, int i, DraftNode node)
    {
        var reading = draft.Readings[i];
        node.FoldedSpans++;
        if (reading.Role == SpanRole.Merge && node.Kind == NodeKinds.ToolCall)
        {
            node.Succeeded |= reading.Succeeded;
            if (node.Span < 0)
            {
                node.Cover(draft.Span(i).Start, draft.Span(i).End);
            }

            if (reading.Failed)
            {
                node.Fail(reading.Error);
            }
        }
        else if (reading.Failed || draft.Span(i).StatusCode == "Error")
        {
            node.FoldedErrors++;
        }

        return node;
    }
}
