namespace AgentObs.Ingest;

/// <summary>Memory of requests on their way to storage.</summary>
/// <param name="Bytes">Taken now.</param>
/// <param name="LimitBytes">Requests are refused with "try again" over it.</param>
public sealed record QueueSummary(long Bytes, long LimitBytes);
