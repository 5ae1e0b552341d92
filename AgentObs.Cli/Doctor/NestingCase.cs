using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>A session and what it could not prove.</summary>
/// <param name="Calls">The calls that run an agent and have no run below.</param>
/// <param name="IsBefore">It ended before the agents' settings were last changed: what was wrong may be mended.</param>
/// <param name="Unsampled">It has no spans, and its records name a trace: spans were switched off by the TRACEPARENT it was started with.</param>
internal sealed record NestingCase(SessionSummary Session, StitchingReport Report, IReadOnlyList<TreeNode> Calls, bool IsBefore, bool Unsampled)
{
    /// <summary>Log records alone.</summary>
    public bool HasNoSpans => Session is { Spans: 0, Agent: "claude-code" or "codex" };
}
