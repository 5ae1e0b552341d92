namespace AgentObs.Conventions;

/// <summary>Where a running AgentObs answers. Written as <c>endpoints.json</c>; see <see cref="EndpointsFile"/>.</summary>
/// <param name="Pid">Process id of the one that listens.</param>
/// <param name="Topology"><c>embedded</c> or <c>containers</c>.</param>
/// <param name="Web">Address of the pages and of <c>/api</c>, for example <c>http://127.0.0.1:5317</c>.</param>
/// <param name="OtlpGrpc">Address that takes OTLP over gRPC.</param>
/// <param name="OtlpHttp">Address that takes OTLP over HTTP.</param>
/// <param name="ClickHouse">Address that speaks ClickHouse's HTTP protocol; null when it is off.</param>
public sealed record Endpoints(int Pid, string Topology, string Web, string OtlpGrpc, string OtlpHttp, [property: System.Text.Json.Serialization.JsonPropertyName("clickhouse")] string? ClickHouse);
