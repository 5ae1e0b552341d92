namespace AgentObs.Query;

/// <summary>What a log record says for the tree.</summary>
internal enum LogRole
{
    None,
    Prompt,
    Response,
    ResponseError,
    ToolDecision,
    ToolResult,
    RunStart,
    SubagentDone,
}
