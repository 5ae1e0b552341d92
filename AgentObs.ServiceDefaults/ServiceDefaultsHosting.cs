using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AgentObs.ServiceDefaults;

/// <summary>What every host of AgentObs has in common.</summary>
public static class ServiceDefaultsHosting
{
    /// <summary>
    /// For the hosts of the container topology: service discovery and resilience on every HttpClient, and AgentObs's own telemetry
    /// sent to the Aspire dashboard, which sets OTEL_EXPORTER_OTLP_ENDPOINT. The embedded process does not call this: a developer's shell has
    /// that variable set for the agents, and AgentObs would export into itself.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });

        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing
                    .AddSource("ClickHouse.Driver", "System.Net.Http")
                    .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path != "/healthz"))
                .WithMetrics(metrics => metrics
                    .AddMeter("AgentObs.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"))
                .UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>First in the pipeline of every host: refuses foreign Hosts and Origins, and asks for the token where one is set.</summary>
    public static IApplicationBuilder UseAgentObsGuard(this IApplicationBuilder app, GuardOptions options) =>
        app.UseMiddleware<RequestGuard>(options);
}
