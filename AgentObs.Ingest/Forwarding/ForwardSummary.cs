namespace AgentObs.Ingest.Forwarding;

/// <summary>Forwarding, in <c>GET /api/ingest</c>.</summary>
/// <param name="Target">Address of the target.</param>
/// <param name="Protocol">grpc or http/protobuf.</param>
/// <param name="Signals">traces, logs, metrics.</param>
/// <param name="IsFailing">The last request was not taken.</param>
/// <param name="LastError">What the target last said when it did not take a request; empty where it took all.</param>
/// <param name="LastErrorTime">When; empty where it took all.</param>
public sealed record ForwardSummary(string Target, string Protocol, IReadOnlyList<ForwardSignal> Signals, bool IsFailing, string LastError, string LastErrorTime);
