using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>All that a session's tree is made from.</summary>
/// <param name="SessionId">Id of the outermost run.</param>
/// <param name="Spans">Every span of every trace of the session, nested runs included.</param>
/// <param name="Logs">Every log record that carries one of its run ids or trace ids.</param>
/// <param name="Now">For the wording of placeholders ("not received yet" / "never received") alone.</param>
internal sealed record SessionInput(
    string SessionId,
    IReadOnlyList<SpanRow> Spans,
    IReadOnlyList<LogRow> Logs,
    IReadOnlyList<StrayTrace> Strays,
    UnixNano Now);
