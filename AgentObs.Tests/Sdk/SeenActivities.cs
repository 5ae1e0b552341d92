using System.Collections.Concurrent;
using System.Diagnostics;
using AgentObs.Sdk;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace AgentObs.Tests.Sdk;

/// <summary>What a program with <c>AddAgentObs</c> would send: a processor beside the exporter, which finds nobody.</summary>
internal sealed class SeenActivities : BaseProcessor<Activity>
{
    public ConcurrentQueue<Activity> Ended { get; } = new();

    public IReadOnlyDictionary<string, object> Resource => ParentProvider.GetResource().Attributes.ToDictionary();

    /// <param name="run">The program, between the start and the stop of its host.</param>
    public static async Task<SeenActivities> OfAsync(Dictionary<string, string> environment, Func<Task> run, Action<AgentObsOptions>? configure = null)
    {
        environment["AGENTOBS_OTLP_HTTP_URL"] = "http://127.0.0.1:9";
        var seen = new SeenActivities();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AgentObsHosting.Add(builder.Services, configure, environment.GetValueOrDefault);
        builder.Services.ConfigureOpenTelemetryTracerProvider(traces => traces.AddProcessor(seen));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await run();
        await host.StopAsync(TestContext.Current.CancellationToken);
        return seen;
    }

    public override void OnEnd(Activity data)
    {
        if (data.Recorded)
        {
            Ended.Enqueue(data);
        }
    }
}
