using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// What a person started: a Claude Code session, a standalone codex run, or an SDK program, with all runs nested in it.
/// </summary>
/// <param name="Id"><c>session.id</c>, <c>conversation.id</c>, <c>gen_ai.conversation.id</c>, else <c>trace:&lt;TraceId&gt;</c>.</param>
/// <param name="Agent"><c>claude-code</c>, <c>codex</c>, <c>github-copilot</c>, <c>process</c>, <c>sdk</c>, ...</param>
/// <param name="State">One of <see cref="SessionStates"/>, as of the moment of the answer.</param>
/// <param name="Turns">Number of turn nodes.</param>
/// <param name="AgentRuns">Number of agent_run nodes.</param>
/// <param name="Spans">All spans stored for it, folded and unassigned ones included.</param>
/// <param name="Errors">Failed nodes, folded ones included.</param>
/// <param name="Tokens">The whole session's, nested runs included.</param>
/// <param name="Completeness">Share of what its telemetry names that was received, 0 to 1; 1 where nothing is known to be missing.</param>
/// <param name="TraceIds">Traces of which spans were received: each is found under <c>/api/traces/{id}</c>.</param>
public sealed record SessionSummary(
    string Id,
    string Agent,
    string Title,
    UnixNano Start,
    UnixNano End,
    string State,
    int Turns,
    int AgentRuns,
    int Spans,
    int Errors,
    TokenCounts Tokens,
    IReadOnlyList<string> Tasks,
    string? Repository,
    string? Branch,
    double Completeness,
    IReadOnlyList<string> TraceIds);
