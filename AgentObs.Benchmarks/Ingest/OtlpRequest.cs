namespace AgentObs.Benchmarks.Ingest;

/// <summary>One export to send.</summary>
/// <param name="Signal"><c>trace</c>, <c>logs</c> or <c>metrics</c>.</param>
/// <param name="Body">The protobuf message.</param>
/// <param name="Spans">Spans in it.</param>
internal sealed record OtlpRequest(string Signal, byte[] Body, int Spans);
