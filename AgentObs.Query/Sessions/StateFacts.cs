using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>What a session's state at any later moment follows from. All times are times of receipt, never the sender's clock.</summary>
/// <param name="LastTurn"><c>done</c>, <c>failed</c> or <c>unknown</c>: how the last turn that ended did end.</param>
/// <param name="RootOpen">Spans were received under a root (interaction, codex.exec, launcher span) that was not received yet.</param>
/// <param name="LastReceivedAt">The latest receipt of any of its spans and logs.</param>
/// <param name="OpenDecisionAt">Receipt of the model response that asked for a tool about which nothing was decided yet; null where none is open.</param>
internal sealed record StateFacts(string LastTurn, bool RootOpen, UnixNano LastReceivedAt, UnixNano? OpenDecisionAt);
