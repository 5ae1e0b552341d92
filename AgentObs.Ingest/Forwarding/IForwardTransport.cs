using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest.Forwarding;

/// <summary>Sends one OTLP message to the target. Errors of the target are results; only cancellation is thrown.</summary>
internal interface IForwardTransport : IDisposable
{
    Task<ForwardResult> SendAsync(OtlpSignal signal, byte[] body, CancellationToken ct);
}
