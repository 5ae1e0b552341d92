using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentObs.ServiceDefaults;

/// <summary>What every host of AgentObs has in common.</summary>
public static class ServiceDefaultsHosting
{
    /// <summary>The list of sessions waits up to a minute for what was just stored; a limit of ten seconds would ask three times and fail.</summary>
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(70);

    /// <summary>
    /// For the hosts of the container topology: service discovery and resilience on every HttpClient, and AgentObs's own telemetry
    /// sent to the Aspire dashboard, which sets OTEL_EXPORTER_OTLP_ENDPOINT. The embedded process, whose parts share a loopback address,
    /// calls <see cref="AddAgentObsTelemetry"/> alone: a developer's shell has that variable set for the agents, and AgentObs would export into itself.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Logging.LeaveOutRequests();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler(BePatient);
            http.AddServiceDiscovery();
        });

        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            Instrumented(builder).UseOtlpExporter();
        }

        return builder;
    }

    /// <summary>Sends AgentObs's own traces, metrics and logs to a collector; without an address nothing is collected at all.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="collector">OTLP over gRPC; never an address of this AgentObs, which would then store each export as news to export.</param>
    public static void AddAgentObsTelemetry(this IHostApplicationBuilder builder, Uri? collector)
    {
        if (collector is not null)
        {
            Instrumented(builder).ConfigureResource(resource => resource.AddService("agentobs")).UseOtlpExporter(OtlpExportProtocol.Grpc, collector);
        }
    }

    /// <summary>Leaves out the two lines of each request: its whole address is in them, and in one address the token (<c>/?token=...</c>).</summary>
    public static ILoggingBuilder LeaveOutRequests(this ILoggingBuilder logging) => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

    /// <summary>First in the pipeline of every host: refuses foreign Hosts and Origins, and asks for the token where one is set.</summary>
    public static IApplicationBuilder UseAgentObsGuard(this IApplicationBuilder app, GuardOptions options) =>
        app.UseMiddleware<RequestGuard>(options);

    private static void BePatient(HttpStandardResilienceOptions resilience)
    {
        resilience.AttemptTimeout.Timeout = Attempt;
        resilience.TotalRequestTimeout.Timeout = 3 * Attempt;
        resilience.CircuitBreaker.SamplingDuration = 2 * Attempt;

        // A deletion whose answer was lost must not run again over what has come since.
        resilience.Retry.DisableForUnsafeHttpMethods();
    }

    private static OpenTelemetryBuilder Instrumented(IHostApplicationBuilder builder)
    {
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeFormattedMessage = true);
        return builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource("ClickHouse.Driver", "System.Net.Http")
                .AddAspNetCoreInstrumentation(options => options.Filter = context => context.Request.Path != "/healthz"))
            .WithMetrics(metrics => metrics
                .AddMeter("AgentObs.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"));
    }
}
