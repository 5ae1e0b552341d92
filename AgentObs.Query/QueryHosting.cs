using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AgentObs.Query;

public static class QueryHosting
{
    /// <summary>Readers, the session projector and OpenAPI. Storage must be registered before: its hosted service opens the store.</summary>
    public static IServiceCollection AddAgentObsQuery(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionLinks>();
        services.AddSingleton<SpanReader>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<TraceReader>();
        services.AddSingleton<StrayReader>();
        services.AddSingleton<SessionLoader>();
        services.AddSingleton<SessionReader>();
        services.AddSingleton<MissingSession>();
        services.AddSingleton<SessionTrees>();
        services.AddSingleton<InferredJoins>();
        services.AddSingleton<TaskListReader>();
        services.AddSingleton<ClientReader>();
        services.AddSingleton<SessionEraser>();
        services.AddSingleton<SessionRowStore>();
        services.AddSingleton<ReceivedKeys>();
        services.AddSingleton<ProjectionPace>();
        services.AddSingleton<ProjectionGate>();
        services.AddSingleton<SessionProjection>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionProjector>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionProjector>());
        services.TryAddSingleton(RetentionOptions.Off);
        services.AddSingleton<RetentionReader>();
        services.AddSingleton<DroppedSessions>();
        services.AddSingleton<SignalDropper>();
        services.AddSingleton<RetentionPass>();
        services.AddSingleton<RetentionService>();
        // The framework adds the request's own trace id, which nobody who asks for a trace can tell from the one asked for.
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions.Remove("traceId"));
        services.AddOpenApi("v1", QueryOpenApi.Configure);
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, QueryJsonContext.Default);
            json.SerializerOptions.Converters.Add(new UnixNanoJsonConverter());
            json.SerializerOptions.Encoder = QueryJson.Options.Encoder;
        });
        return services;
    }

    /// <summary>Drops what is beyond the limits, for the process that owns its data; call it before <see cref="AddAgentObsQuery"/>.</summary>
    public static IServiceCollection AddAgentObsRetention(this IServiceCollection services, RetentionOptions options)
    {
        services.AddSingleton(options);
        services.AddHostedService(provider => provider.GetRequiredService<RetentionService>());
        return services;
    }

    /// <summary>/api, /healthz and /openapi/v1.json. Every error is application/problem+json.</summary>
    public static WebApplication MapAgentObsQuery(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), branch => branch.UseStatusCodePages());
        app.Use(EscapedSlashes.DecodeAsync);
        HealthEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        var api = app.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, ProblemFilter>();
        SessionEndpoints.Map(api);
        TaskEndpoints.Map(api);
        TraceEndpoints.Map(api);
        SpanEndpoints.Map(api);
        LogEndpoints.Map(api);
        LiveEndpoints.Map(api);
        ClientEndpoints.Map(api);
        StoredEndpoints.Map(api);
        RetentionEndpoints.Map(api);
        BackupEndpoints.Map(api);
        return app;
    }
}
