namespace AgentObs.Ingest;

/// <summary>Where OTLP comes in: <c>http://</c>, then <c>localhost</c> or an IP address of this machine, then the port; 0 for a free one.</summary>
/// <param name="GrpcUrl">Address of the port for gRPC; it takes HTTP too.</param>
/// <param name="HttpUrl">Address of the port for HTTP; it takes gRPC too.</param>
public sealed record IngestOptions(Uri GrpcUrl, Uri HttpUrl);
