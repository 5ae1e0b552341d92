namespace AgentObs.Query;

/// <summary>What belongs to a session by proof: the runs it owns and the traces they own. Both sorted.</summary>
/// <param name="SessionId">The outermost run.</param>
/// <param name="Links">The links of its traces and of its runs.</param>
internal sealed record SessionMembers(
    string SessionId, IReadOnlyList<string> RunIds, IReadOnlyList<string> TraceIds, IReadOnlyList<RunLink> Links);
