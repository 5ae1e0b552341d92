namespace AgentObs.Ingest;

/// <summary>Answer of <c>GET /api/ingest</c>: counts since the start of the process.</summary>
/// <param name="Signals">traces, logs, metrics.</param>
/// <param name="Queue">Memory of requests on their way.</param>
/// <param name="Redactions">Secrets that were taken out of what was stored.</param>
/// <param name="Errors">The last error of each client, newest first.</param>
public sealed record IngestSummary(IReadOnlyList<SignalSummary> Signals, QueueSummary Queue, RedactionSummary Redactions, IReadOnlyList<ClientError> Errors);
