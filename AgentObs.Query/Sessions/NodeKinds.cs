namespace AgentObs.Query;

/// <summary>The words of <see cref="TreeNode.Kind"/>.</summary>
public static class NodeKinds
{
    public const string Session = "session";
    public const string Turn = "turn";
    public const string AgentRun = "agent_run";
    public const string ModelCall = "model_call";
    public const string ToolCall = "tool_call";
    public const string PermissionWait = "permission_wait";
    public const string Span = "span";
}
