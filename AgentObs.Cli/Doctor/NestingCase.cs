using AgentObs.Query;

namespace AgentObs.Cli.Doctor;

/// <summary>A session and what it could not prove.</summary>
/// <param name="Calls">The calls that run an agent and have no run below.</param>
internal sealed record NestingCase(SessionSummary Session, StitchingReport Report, IReadOnlyList<TreeNode> Calls);
