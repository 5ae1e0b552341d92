using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;

namespace AgentObs.Sdk;

/// <summary>AgentObs for a program with a host.</summary>
public static class AgentObsHosting
{
    /// <summary>As <see cref="AddAgentObs(IServiceCollection, Action{AgentObsOptions})"/>.</summary>
    public static TBuilder AddAgentObs<TBuilder>(this TBuilder builder, Action<AgentObsOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddAgentObs(configure);
        return builder;
    }

    /// <summary>
    /// Sends the program's spans and the model clients' telemetry to the running AgentObs, beside what the program sends elsewhere. Call it in Main,
    /// before a model client is made: where TRACEPARENT is set, <see cref="System.Diagnostics.Activity.Current"/> of the caller is the program's span
    /// from here on, and the host's services inherit it. Calling it again changes nothing.
    /// </summary>
    /// <exception cref="FormatException">A variable like AGENTOBS_OTLP_HTTP_URL is no address; the message names it and a right value.</exception>
    public static IServiceCollection AddAgentObs(this IServiceCollection services, Action<AgentObsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, configure, Environment.GetEnvironmentVariable);
    }

    internal static IServiceCollection Add(IServiceCollection services, Action<AgentObsOptions>? configure, Func<string, string?> variable)
    {
        if (services.Any(service => service.ServiceType == typeof(Telemetry)))
        {
            return services;
        }

        var options = new AgentObsOptions();
        configure?.Invoke(options);
        ModelClients.TurnOn();
        var telemetry = new Telemetry(options, variable, OtlpTarget.Find(variable));
        services.AddSingleton(telemetry);
        services.AddOpenTelemetry().ConfigureResource(telemetry.Describe).WithTracing(telemetry.Trace).WithMetrics(telemetry.Measure);

        if (ProgramActivity.Begin(variable) is { } program)
        {
            services.AddHostedService(provider => new ProgramEnd(program, provider.GetRequiredService<TracerProvider>()));
        }

        return services;
    }
}
