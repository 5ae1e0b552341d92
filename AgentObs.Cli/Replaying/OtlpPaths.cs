namespace AgentObs.Cli.Replaying;

/// <summary>Where a signal's requests go.</summary>
internal static class OtlpPaths
{
    /// <summary><c>/v1/traces</c></summary>
    /// <param name="signal"><c>traces</c>, <c>logs</c> or <c>metrics</c>.</param>
    public static string Http(string signal) => "/v1/" + signal;

    /// <summary>The method <c>/opentelemetry.proto.collector.trace.v1.TraceService/Export</c>.</summary>
    /// <inheritdoc cref="Http"/>
    public static string Grpc(string signal) => signal switch
    {
        "traces" => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
        "logs" => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        _ => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
    };
}
