using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A node of a session that worked on a task, with all below it that does not work on another.</summary>
/// <param name="NodeId">A session, agent run or span.</param>
/// <param name="Grade"><c>declared</c> by launcher or SDK, else <c>branch</c>, else <c>prompt</c>.</param>
/// <param name="Evidence">In words: <c>the branch is feature/PROJ-12-login</c>.</param>
public sealed record TaskRun(
    string TaskId,
    string Title,
    string Url,
    string NodeId,
    string Agent,
    string Grade,
    string Evidence,
    TokenCounts Tokens,
    int Errors,
    UnixNano Start,
    long DurationNano);
