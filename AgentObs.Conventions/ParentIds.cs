namespace AgentObs.Conventions;

/// <summary>
/// The variables by which agents name themselves to the commands that they run, and the resource attributes (<c>agentobs.parent.*</c>) under which the
/// launcher and the BASH_ENV hook hand them on. Observed: <c>claude-nest-bashenv</c>, <c>claude-copilot-bashenv</c> and others.
/// </summary>
public static class ParentIds
{
    public const string Prefix = "agentobs.parent.";

    /// <summary>The pid of the agent itself: the process that started the shell.</summary>
    public const string Pid = "pid";

    public const string TraceParent = "traceparent";

    /// <summary>Name behind <see cref="Prefix"/>, and the variable that it is read from.</summary>
    public static IReadOnlyList<(string Name, string Variable)> All { get; } =
    [
        (TraceParent, "TRACEPARENT"),
        ("claude_pid", "CLAUDE_PID"),
        ("claude_session", "CLAUDE_CODE_SESSION_ID"),
        ("codex_thread", "CODEX_THREAD_ID"),
        ("codex_call", "CODEX_TOOL_CALL_ID"),
        ("copilot_session", "COPILOT_AGENT_SESSION_ID"),
        ("qwen_session", "QWEN_CODE_SESSION_ID"),
        ("qwen_agent", "QWEN_CODE_AGENT_ID"),
        ("goose_session", "AGENT_SESSION_ID"),
        ("opencode_pid", "OPENCODE_PID"),
    ];
}
