using AgentObs.Ingest.Forwarding;
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
    private const string Services = "/opentelemetry.proto.collector.";

    public static IServiceCollection AddAgentObsIngest(this IServiceCollection services, IngestOptions options, ForwardOptions? forward = null)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(new IngestLimits());
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton(provider => new OtlpEndpoints(provider.GetRequiredService<IngestLimits>(), provider.GetRequiredService<IngestCounters>()));
        services.AddSingleton<RowBatchPool>();
        services.AddSingleton<IngestCounters>();
        services.AddSingleton(provider => new Forwarder(
            forward, provider.GetRequiredService<IngestMetrics>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Forwarder>>()));
        services.AddSingleton<OtlpReceiver>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new WriteLimits());
        services.AddSingleton<NativeInsert>(provider => (table, columns, writeBody, cancellation) =>
            provider.GetRequiredService<ClickHouseStore>().InsertNativeAsync(table, columns, writeBody, cancellation));
        services.AddSingleton<RowWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<Forwarder>());
        services.AddHostedService(provider => provider.GetRequiredService<RowWriter>());
        return services;
    }

    /// <summary>Binds both OTLP ports; each takes gRPC and HTTP. The addresses bound are in <see cref="OtlpEndpoints"/>, once the host has started.</summary>
    public static void ListenOtlp(this KestrelServerOptions kestrel, IngestOptions options)
    {
        kestrel.Limits.RequestHeadersTimeout = kestrel.ApplicationServices.GetRequiredService<IngestLimits>().HeaderTime;
        kestrel.ApplicationServices.GetRequiredService<OtlpEndpoints>().Listen(kestrel, options);
    }

    /// <summary>gRPC Export of the three signals, POST /v1/traces, /v1/logs, /v1/metrics, and GET /api/ingest.</summary>
    public static IEndpointRouteBuilder MapAgentObsIngest(this IEndpointRouteBuilder app)
    {
        Map(app, OtlpSignal.Traces, "trace.v1.TraceService");
        Map(app, OtlpSignal.Logs, "logs.v1.LogsService");
        Map(app, OtlpSignal.Metrics, "metrics.v1.MetricsService");
        IngestEndpoints.Map(app);
        var queue = app.ServiceProvider.GetRequiredService<RowWriter>();
        var endpoints = app.ServiceProvider.GetRequiredService<OtlpEndpoints>();
        app.ServiceProvider.GetRequiredService<IngestMetrics>().Observe(queue.SummarizeQueue, () => endpoints.Connections);
        return app;
    }

    /// <summary>Counts a request to an OTLP port that another part of the host has refused: a foreign Host or Origin, no token.</summary>
    public static void CountRefusal(HttpContext context, string message)
    {
        var path = context.Request.Path.Value ?? "";
        var signal = path.Contains("logs", StringComparison.Ordinal) ? OtlpSignal.Logs : path.Contains("metrics", StringComparison.Ordinal) ? OtlpSignal.Metrics : OtlpSignal.Traces;
        if (path.StartsWith("/v1/", StringComparison.Ordinal) || path.StartsWith(Services, StringComparison.Ordinal))
        {
            context.RequestServices.GetRequiredService<OtlpReceiver>()
                .Refuse(signal, new OtlpAnswer(OtlpOutcome.NotAllowed, message), OtlpHttpEndpoint.ClientOf(context));
        }
    }

    private static void Map(IEndpointRouteBuilder app, OtlpSignal signal, string service)
    {
        var receiver = app.ServiceProvider.GetRequiredService<OtlpReceiver>();
        app.MapPost($"{Services}{service}/Export", new OtlpGrpcEndpoint(signal, receiver).HandleAsync);
        app.MapPost($"/v1/{IngestCounters.NameOf(signal)}", new OtlpHttpEndpoint(signal, receiver).HandleAsync);
    }
}
