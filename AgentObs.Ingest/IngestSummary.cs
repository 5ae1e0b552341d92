using AgentObs.Ingest.Forwarding;

namespace AgentObs.Ingest;

/// <summary>Answer of <c>GET /api/ingest</c>: counts since the start of the process.</summary>
/// <param name="Signals">traces, logs, metrics.</param>
/// <param name="Queue">Requests on their way.</param>
/// <param name="Commits">By table; those that had none are left out.</param>
/// <param name="Connections">Open on the OTLP ports.</param>
/// <param name="Limits">How often each limit was met, by its name in docs/spec/ingest.md; those never met are left out.</param>
/// <param name="Redactions">Secrets that were taken out of what was stored.</param>
/// <param name="Errors">The last error of each client, newest first.</param>
public sealed record IngestSummary(
    IReadOnlyList<SignalSummary> Signals,
    QueueSummary Queue,
    IReadOnlyList<CommitSummary> Commits,
    int Connections,
    IReadOnlyDictionary<string, long> Limits,
    RedactionSummary Redactions,
    IReadOnlyList<ClientError> Errors)
{
    /// <summary>Null: nothing is forwarded.</summary>
    public ForwardSummary? Forwarding { get; init; }
}
