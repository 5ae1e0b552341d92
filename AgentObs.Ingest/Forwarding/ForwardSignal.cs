namespace AgentObs.Ingest.Forwarding;

/// <summary>Requests of one signal since the start of the process.</summary>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="Sent">Taken by the target.</param>
/// <param name="Refused">The target does not want them.</param>
/// <param name="Dropped">The oldest of a full queue, and what was left at the end of the time to drain.</param>
/// <param name="QueuedBytes">Waiting.</param>
/// <param name="Retried">Attempts that failed and are made again: the target is away, busy, slow or not trusted. An attempt holds one request or several.</param>
/// <param name="Records">Spans, log records and points that were handed to the target for the first time.</param>
/// <param name="Repeated">Those that had been before and were left out: they came round by another collector, or their sender repeats itself.</param>
public sealed record ForwardSignal(string Signal, long Sent, long Refused, long Dropped, long QueuedBytes, long Retried, long Records, long Repeated);
