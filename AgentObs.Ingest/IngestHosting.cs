using AgentObs.Ingest.Otlp;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Writing;
using AgentObs.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentObs.Ingest;

/// <summary>Composes Ingest into a host that has AddAgentObsStorage.</summary>
public static class IngestHosting
{
    public static IServiceCollection AddAgentObsIngest(this IServiceCollection services, IngestOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<OtlpEndpoints>();
        services.AddSingleton<RowBatchPool>();
        services.AddSingleton<IngestCounters>();
        services.AddSingleton<OtlpReceiver>();
        services.AddSingleton<OtlpGrpcReceiver>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new WriteLimits());
        services.AddSingleton<NativeInsert>(provider => (table, columns, writeBody, cancellation) =>
            provider.GetRequiredService<ClickHouseStore>().InsertNativeAsync(table, columns, writeBody, cancellation));
        services.AddSingleton<RowWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<RowWriter>());
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = IngestOptions.MaxRequestBytes;
            grpc.CompressionProviders = [new BoundedGzip()];
            grpc.IgnoreUnknownServices = true;
        });
        return services;
    }

    /// <summary>Binds both OTLP ports; each takes gRPC and HTTP. The addresses bound are in <see cref="OtlpEndpoints"/>, once the host has started.</summary>
    public static void ListenOtlp(this KestrelServerOptions kestrel, IngestOptions options) =>
        kestrel.ApplicationServices.GetRequiredService<OtlpEndpoints>().Listen(kestrel, options);

    /// <summary>gRPC Export of the three signals, POST /v1/traces, /v1/logs, /v1/metrics, and GET /api/ingest.</summary>
    public static IEndpointRouteBuilder MapAgentObsIngest(this IEndpointRouteBuilder app)
    {
        app.MapGrpcService<TraceService>();
        app.MapGrpcService<LogsService>();
        app.MapGrpcService<MetricsService>();
        Map(app, "/v1/traces", OtlpSignal.Traces);
        Map(app, "/v1/logs", OtlpSignal.Logs);
        Map(app, "/v1/metrics", OtlpSignal.Metrics);
        IngestEndpoints.Map(app);
        return app;
    }

    private static void Map(IEndpointRouteBuilder app, string path, OtlpSignal signal)
    {
        var endpoint = new OtlpHttpEndpoint(signal, app.ServiceProvider.GetRequiredService<OtlpReceiver>(), app.ServiceProvider.GetRequiredService<RowWriter>());
        app.MapPost(path, endpoint.HandleAsync);
    }
}
