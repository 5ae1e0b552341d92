namespace AgentObs.Ingest;

/// <summary>Requests on their way to storage.</summary>
/// <param name="Bytes">Memory taken now: bodies while they are read, rows until they are committed.</param>
/// <param name="LimitBytes">Requests are refused with "try again" over it.</param>
/// <param name="Waiting">Requests that wait for their commit.</param>
/// <param name="OldestMilliseconds">How long the first of them has waited.</param>
public sealed record QueueSummary(long Bytes, long LimitBytes, int Waiting, double OldestMilliseconds);
