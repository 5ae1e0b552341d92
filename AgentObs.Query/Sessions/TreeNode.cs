using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>One node of a session's tree. Its id stays the same when its parent arrives late.</summary>
/// <param name="ParentId">Null for the session node alone.</param>
/// <param name="Kind">One of <see cref="NodeKinds"/>.</param>
/// <param name="Name">A tool call's is the tool's own: <c>Bash</c>, <c>exec_command</c>, <c>mcp__server__tool</c>.</param>
/// <param name="Detail">Command, path, prompt or model; null where there is none.</param>
/// <param name="TraceId">Null, like <paramref name="SpanId"/>, where no single span stands behind the node.</param>
/// <param name="Status"><c>ok</c>, <c>error</c> or <c>unset</c>.</param>
/// <param name="Error">The error's text; null where it did not fail.</param>
/// <param name="Tokens">Counted at this node alone.</param>
/// <param name="TotalTokens">With descendants.</param>
/// <param name="Edge">Null for the session node alone.</param>
/// <param name="Attempts">Processes that ran this agent run: a resumed conversation has more than one. 1 elsewhere.</param>
/// <param name="Placeholder">True where it stands for a span that was named as a parent and has not been received.</param>
public sealed record TreeNode(
    string Id,
    string? ParentId,
    string Kind,
    string Name,
    string? Detail,
    string? Agent,
    string? ConversationId,
    string? TraceId,
    string? SpanId,
    UnixNano Start,
    long DurationNano,
    string Status,
    string? Error,
    int? ExitCode,
    TokenCounts Tokens,
    TokenCounts TotalTokens,
    EdgeEvidence? Edge,
    FoldCount Folded,
    string? Task,
    int Attempts,
    bool Placeholder);
