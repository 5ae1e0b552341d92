using System.Globalization;

namespace AgentObs.Query;

/// <summary>
/// Adds what only log records say: the prompts, calls and responses of agents whose spans were lost or not sampled. What a span says too is not
/// added again: a response is counted once.
/// </summary>
internal sealed class LogPlacer(SessionDraft draft)
{
    private const long SecondNano = 1_000_000_000;

    private readonly ResponseMatcher _responses = new(draft);

    public void Place()
    {
        foreach (var tool in draft.Tools)
        {
            if (tool.Node is null && draft.FindRun(tool.RunId) is { } run && tool.Start.Value != long.MaxValue)
            {
                PlaceTool(run, tool);
            }
        }

        PlaceRecords();
        // A run that told nothing of its prompt: a codex that its model refused may send its id and no more.
        foreach (var run in draft.Runs.Where(run => run.Launched.Count > 0 && run.Node!.Detail.Length == 0 && !ReferenceEquals(run.Node, draft.Session)))
        {
            run.Node!.Detail = draft.Readings[run.Launched[0]].Detail;
        }
    }

    private void PlaceRecords()
    {
        for (var i = 0; i < draft.Logs.Length; i++)
        {
            if (draft.LogRunOf[i] is not { } run)
            {
                continue;
            }

            switch (draft.LogReadings[i].Role)
            {
                case LogRole.Response:
                    PlaceResponse(run, i);
                    break;
                case LogRole.ResponseError:
                    PlaceError(run, i);
                    break;
                case LogRole.Prompt when !ReferenceEquals(run.Node, draft.Session) && run.Node!.Detail.Length == 0:
                    run.Node.Detail = draft.LogReadings[i].Detail;
                    break;
                case LogRole.SubagentDone when draft.FindNode(NodeIds.Subagent(run.Id, draft.LogReadings[i].SubagentId)) is { } node:
                    node.Name = draft.LogReadings[i].Name.Length > 0 ? draft.LogReadings[i].Name : node.Name;
                    break;
                default:
                    break;
            }
        }
    }

    private void PlaceTool(AgentRun run, ToolFacts tool)
    {
        var node = draft.Node(NodeIds.Call(run.Id, tool.CallId), NodeKinds.ToolCall);
        node.Agent = run.Agent;
        node.Conversation = run.Conversation;
        node.Subagent = tool.SubagentId;
        node.Cover(tool.Start, tool.End);
        if (node.Parent is null)
        {
            node.Waits = tool.Inner >= 0 || draft.Table.HasTrace(tool.LogTrace) || (tool.Sampled && draft.IsFresh(run)) ? new SpanKey("", "") : null;
            var above = NodeMaker.Container(draft, run, tool.LogTrace, tool.Start, tool.TurnId);
            node.Hang(tool.SubagentId.Length > 0 ? Subagents.Of(draft, run, tool.SubagentId, above) : above, EdgeEvidence.Proven, $"equal id {run.Id} on its log records");
        }

        Tools.Fill(tool, node);
    }

    private void PlaceResponse(AgentRun run, int i)
    {
        var reading = draft.LogReadings[i];
        if (reading.Tokens is not { } tokens || (reading.ResponseId.Length > 0
            ? draft.FindNode(NodeIds.Response(run.Id, reading.ResponseId)) is { HasTokens: true }
            : _responses.Counts(run, draft.Logs[i], reading, tokens)))
        {
            return;
        }

        var node = ModelCall(run, i);
        node.Succeeded = true;
        node.AddTokens(tokens);
        node.Pending = reading.ResponseId.Length == 0 && draft.AwaitsSpans(run);
    }

    private void PlaceError(AgentRun run, int i)
    {
        var reading = draft.LogReadings[i];
        if (reading.Stamp.Length > 0 && !draft.Failures.Add((run.Id, reading.Stamp)))
        {
            return;
        }

        // A request that is tried again reports each failure under an id of its own; the call's span has the last one's.
        var known = (reading.ResponseId.Length > 0 ? draft.FindNode(NodeIds.Response(run.Id, reading.ResponseId)) : null)
            ?? _responses.Around(run, draft.Logs[i].Time);
        var node = known ?? ModelCall(run, i);
        if (node.Succeeded)
        {
            node.FoldedErrors++;
            return;
        }

        node.Fail(reading.Error);
        node.Pending |= known is null && ((draft.Logs[i].TraceFlags & 1) != 0 || run.Client.RunIsInsideSession) && draft.AwaitsSpans(run);
    }

    private DraftNode ModelCall(AgentRun run, int i)
    {
        var log = draft.Logs[i];
        var reading = draft.LogReadings[i];
        var id = reading.ResponseId.Length > 0 ? reading.ResponseId : log.Time.Value.ToString(CultureInfo.InvariantCulture);
        var node = draft.Node(NodeIds.Response(run.Id, id), NodeKinds.ModelCall);
        if (node.Parent is not null)
        {
            return node;
        }

        node.Name = reading.Model.Length > 0 ? reading.Model : run.Model.Length > 0 ? run.Model : "model";
        node.Agent = run.Agent;
        node.Conversation = run.Conversation;
        node.Cover(log.Time.Plus(-Math.Min(reading.DurationNano, 3600 * SecondNano)), log.Time);
        var at = draft.Table.Find(new SpanKey(log.TraceId, log.SpanId));
        var above = at >= 0 && draft.Home[at] is { } home ? home : NodeMaker.Container(draft, run, log.TraceId, log.Time, reading.TurnId);
        node.Hang(
            reading.SubagentId.Length > 0 ? Subagents.Of(draft, run, reading.SubagentId, above) : above,
            EdgeEvidence.Proven,
            at >= 0 ? "its log record names the span" : $"equal id {run.Id} on its log record");
        return node;
    }
}
