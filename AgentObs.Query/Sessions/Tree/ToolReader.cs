using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Brings together what spans and log records say about each tool call: codex's command and exit code stand in a log record alone.</summary>
internal static class ToolReader
{
    public static void Read(SessionDraft draft)
    {
        for (var i = 0; i < draft.Table.Count; i++)
        {
            var reading = draft.Readings[i];
            if (reading.CallId.Length == 0 || draft.RunOf[i] is not { } run)
            {
                continue;
            }

            var span = draft.Span(i);
            var tool = draft.Tool(run.Id, reading.CallId);
            if (reading.Role == SpanRole.ToolCall)
            {
                tool.Span = tool.Span < 0 ? i : tool.Span;
                tool.Start = span.Start;
                tool.End = span.End;
                tool.Ended = true;
                tool.SubagentId = reading.SubagentId;
            }
            else
            {
                tool.Inner = tool.Inner < 0 ? i : tool.Inner;
                if (reading.ParentRole == SpanRole.ToolCall && draft.Table.MissingParent(i) is { } lost)
                {
                    draft.LostCalls.TryAdd(lost.Key, tool);
                }
            }

            tool.TurnId = tool.TurnId.Length > 0 ? tool.TurnId : reading.TurnId;
            Learn(tool, reading.Name, reading.Detail, reading.Command);
            Outcome(tool, reading.Failed, reading.Succeeded, reading.Error, reading.ExitCode);
        }

        for (var i = 0; i < draft.Logs.Length; i++)
        {
            var reading = draft.LogReadings[i];
            if (reading.CallId.Length == 0 || draft.LogRunOf[i] is not { } run || reading.Role is not (LogRole.ToolDecision or LogRole.ToolResult))
            {
                continue;
            }

            var log = draft.Logs[i];
            var tool = draft.Tool(run.Id, reading.CallId);
            Learn(tool, reading.Name, reading.Detail, reading.Command);
            tool.LogTrace = tool.LogTrace.Length > 0 ? tool.LogTrace : log.TraceId;
            tool.Sampled |= (log.TraceFlags & 1) != 0;
            tool.SubagentId = tool.SubagentId.Length > 0 ? tool.SubagentId : reading.SubagentId;
            tool.TurnId = tool.TurnId.Length > 0 ? tool.TurnId : reading.TurnId;
            tool.ResponseId = tool.ResponseId.Length > 0 ? tool.ResponseId : reading.ResponseId;
            if (reading.Role == LogRole.ToolDecision)
            {
                tool.Decided = true;
                tool.LogSpan = new SpanKey(log.TraceId, log.SpanId);

                // Claude's decision names the wait for it, whose parent is the call.
                if (draft.Table.Find(tool.LogSpan) is >= 0 and var wait && draft.Readings[wait].ParentRole == SpanRole.ToolCall
                    && draft.Table.MissingParent(wait) is { } lost)
                {
                    draft.LostCalls.TryAdd(lost.Key, tool);
                }
            }
            else
            {
                tool.Ended = true;
                Outcome(tool, reading.Failed, reading.Succeeded, reading.Error, reading.ExitCode);
            }

            if (tool.Span < 0)
            {
                tool.Start = Min(tool.Start, reading.Role == LogRole.ToolResult ? log.Time.Plus(-reading.DurationNano) : log.Time);
                tool.End = log.Time > tool.End ? log.Time : tool.End;
            }
        }
    }

    private static void Learn(ToolFacts tool, string name, string detail, string command)
    {
        // An MCP tool's server is known to one of span and log alone: the longer name is the tool's own.
        tool.Name = tool.Name.Length == 0 || (IsOfServer(name) && !IsOfServer(tool.Name)) ? name : tool.Name;
        tool.Detail = tool.Detail.Length == 0 ? detail : tool.Detail;
        tool.Command = tool.Command.Length == 0 ? command : tool.Command;
    }

    private static bool IsOfServer(string name) => name.StartsWith("mcp__", StringComparison.Ordinal);

    private static void Outcome(ToolFacts tool, bool failed, bool succeeded, string error, int? exitCode)
    {
        tool.ExitCode ??= exitCode;
        tool.Succeeded |= succeeded;
        if (failed)
        {
            tool.Failed = true;
            tool.Error = tool.Error.Length > 0 ? tool.Error : error;
        }
    }

    private static UnixNano Min(UnixNano left, UnixNano right) => left < right ? left : right;
}
