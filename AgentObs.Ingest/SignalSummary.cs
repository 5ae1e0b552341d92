namespace AgentObs.Ingest;

/// <summary>One signal.</summary>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="Requests">Requests stored.</param>
/// <param name="RequestsPerSecond">Mean of the last minute.</param>
/// <param name="Records">Spans, log records, data points stored.</param>
/// <param name="RecordsPerSecond">Mean of the last minute.</param>
/// <param name="Bytes">Of the requests, decompressed.</param>
/// <param name="Rejected">Records left out of requests that were stored.</param>
/// <param name="Abandoned">Requests whose sender went before they were whole.</param>
/// <param name="Refused">Requests that were not stored, by reason.</param>
public sealed record SignalSummary(
    string Signal,
    long Requests,
    double RequestsPerSecond,
    long Records,
    double RecordsPerSecond,
    long Bytes,
    long Rejected,
    long Abandoned,
    IReadOnlyDictionary<string, long> Refused);
