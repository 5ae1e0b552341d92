using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// Who started a run by its own word: the resource attributes <c>agentobs.parent.*</c> that the launcher and the BASH_ENV hook write. Ids in them
/// are inherited from shell to shell, so the pid of the direct caller decides which is nearest.
/// </summary>
internal static class ParentHints
{
    private const string Prefix = ParentIds.Prefix;

    public static RunParent? Read(SessionDraft draft, AgentRun run)
    {
        var resource = run.Resource;
        var call = resource.First(Prefix + "codex_call");
        var pid = resource.First(Prefix + "pid");
        var claudePid = resource.First(Prefix + "claude_pid");
        var fromClaude = claudePid.Length > 0 && claudePid == pid;
        if (call.Length > 0 && !fromClaude)
        {
            var thread = draft.FindRun(resource.First(Prefix + "codex_thread"));
            if (thread is not null && !ReferenceEquals(thread, run))
            {
                var tool = draft.FindTool(thread.Id, call);
                return tool is { Span: >= 0 }
                    ? Proven($"agentobs.parent.codex_call names the tool call {call}", span: tool.Span)
                    : tool is not null
                        ? Proven($"agentobs.parent.codex_call names the tool call {call}, whose span was not received", call: tool)
                        : Proven($"agentobs.parent.codex_thread names the conversation {thread.Id}", run: thread);
            }
        }

        if (TraceParent.TryParse(resource.First(Prefix + ParentIds.TraceParent), out var parent))
        {
            var key = new SpanKey(parent.TraceId, parent.SpanId);
            if (draft.Table.Find(key) is >= 0 and var span && !ReferenceEquals(draft.RunOf[span], run))
            {
                return Proven("agentobs.parent.traceparent names the span", span: span);
            }

            // A call that still runs: its placeholder is nearer than the session.
            if (draft.Table.Missing.ContainsKey(key))
            {
                return null;
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["copilot_session", "codex_thread", "claude_session", "qwen_session", "goose_session"])
        {
            if (draft.FindRun(resource.First(Prefix + key)) is { } other && !ReferenceEquals(other, run))
            {
                return Proven($"{Prefix}{key} names {other.Id}", run: other);
            }
        }

        return null;
    }

    private static RunParent Proven(string evidence, int span = -1, AgentRun? run = null, ToolFacts? call = null) =>
        new(EdgeEvidence.Proven, [evidence], Span: span, Run: run, Call: call, HandedOver: true);
}
