using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>What was dropped at one time.</summary>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="Reason">age or size.</param>
/// <param name="Rows">Spans, log records or points; repeated ones count.</param>
/// <param name="Bytes">Their share of the bytes on disk.</param>
/// <param name="Oldest">The first receipt among them.</param>
/// <param name="Newest">The last one.</param>
public sealed record RetentionDrop(UnixNano At, string Signal, string Reason, long Rows, long Bytes, UnixNano Oldest, UnixNano Newest);
