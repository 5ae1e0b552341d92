using AgentObs.Tests.Cli;
using AgentObs.Tests.Storage.Front;

namespace AgentObs.Tests.ServiceDefaults;

/// <summary>What AgentObs tells of itself, and to whom: a second AgentObs listens.</summary>
public sealed class OwnTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_sent_when_asked_for_and_a_shells_variable_does_not_ask()
    {
        await using var listener = await AgentObsProcess.StartAsync(environment: new() { ["AGENTOBS_CLICKHOUSE_URL"] = "http://127.0.0.1:0" });
        using var stored = new FrontClient(listener);

        // The variable stands in a developer's shell for the agents.
        Assert.Equal("0", await RunAsync(listener, stored, "OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Equal("1", await RunAsync(listener, stored, "AGENTOBS_TELEMETRY_URL"));
        Assert.Equal("agentobs", await stored.ScalarAsync("SELECT DISTINCT ServiceName FROM otel_traces"));
        Assert.Equal("0", await stored.ScalarAsync("SELECT count() FROM otel_traces WHERE has(mapValues(SpanAttributes), '/healthz')"));
        Assert.NotEqual("0", await stored.ScalarAsync("SELECT count() FROM otel_metrics_histogram WHERE MetricName = 'http.server.request.duration'"));
    }

    /// <summary>Starts another one with that variable, asks it something and stops it, which hands over what it holds.</summary>
    /// <returns>1 where a span of its answer was stored.</returns>
    private static async Task<string> RunAsync(AgentObsProcess listener, FrontClient stored, string variable)
    {
        await using var told = await AgentObsProcess.StartAsync(environment: new() { [variable] = listener.OtlpGrpc.AbsoluteUri });
        using (var reply = await told.Http.GetAsync("/api/tasks", Cancellation))
        {
            Assert.True(reply.IsSuccessStatusCode);
        }

        Assert.Equal(0, await told.StopAsync());
        return await stored.ScalarAsync("SELECT count() > 0 FROM otel_traces WHERE SpanAttributes['url.path'] = '/api/tasks'");
    }
}
