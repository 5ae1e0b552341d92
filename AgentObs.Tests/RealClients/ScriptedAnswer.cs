using AgentObs.Query;

namespace AgentObs.Tests.RealClients;

/// <summary>One answer of a scripted model: text, at most one of a command, a subagent's prompt, a refusal and an answer without end, and what it costs.</summary>
/// <param name="Says">Text of the answer; beside a tool call, what stands before it.</param>
/// <param name="Runs">Lines of a command: <c>Bash</c> of Claude Code, <c>exec_command</c> of Codex.</param>
/// <param name="Delegates">Prompt of a subagent: <c>Agent</c> of Claude Code.</param>
/// <param name="Refuses">HTTP status of a refusal; nothing is answered.</param>
/// <param name="Holds">It begins to answer, says so (<see cref="FakeModels.Holding"/>), and never ends.</param>
/// <param name="After">It is given when the first model of the scenario has given this many answers: what the two say beside each other has an order.</param>
/// <param name="Tokens">What the answer is said to have cost, in AgentObs's buckets.</param>
internal sealed record ScriptedAnswer(
    string? Says = null, IReadOnlyList<string>? Runs = null, string? Delegates = null, int? Refuses = null, bool Holds = false, int After = 0,
    TokenCounts? Tokens = null)
{
    public TokenCounts Cost => Tokens ?? TokenCounts.Zero;

    public string Command => string.Join('\n', Runs ?? []);
}
