using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/retention</c>.</summary>
/// <param name="Enabled">False in the container topology, where the ClickHouse server's own TTL is the way.</param>
/// <param name="Signals">traces, logs, metrics.</param>
/// <param name="Dropped">What was dropped, newest first.</param>
/// <param name="LastCheck">When the limits were last looked at; null before the first time.</param>
/// <param name="LastError">Why the last check did not end; null where it did.</param>
public sealed record RetentionSummary(
    bool Enabled, IReadOnlyList<SignalRetention> Signals, IReadOnlyList<RetentionDrop> Dropped, UnixNano? LastCheck, string? LastError);
