namespace AgentObs.Query;

/// <summary>A trace, or a run's log records in a trace, of which something was received.</summary>
/// <param name="RunId">Empty for spans.</param>
/// <param name="At">Unix milliseconds of the receipt.</param>
internal readonly record struct ReceivedKey(string TraceId, string RunId, long At);
