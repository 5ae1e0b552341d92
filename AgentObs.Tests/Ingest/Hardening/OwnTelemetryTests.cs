using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AgentObs.Conventions;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>A developer's shell has OTEL_EXPORTER_OTLP_ENDPOINT set for the agents: AgentObs must not take it for itself.</summary>
public sealed class OwnTelemetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_exported_into_itself()
    {
        var port = FreePort();
        await using var process = await AgentObsProcess.StartAsync(environment: new()
        {
            [Setting.OtlpGrpcUrl.Variable] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
            ["OTEL_TRACES_EXPORTER"] = "otlp",
            ["OTEL_METRICS_EXPORTER"] = "otlp",
            ["OTEL_LOGS_EXPORTER"] = "otlp",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
        });

        // Work that would be traced: pages, queries, an export and its commit.
        await OtlpClient.GrpcAsync(process.OtlpGrpc, "traces", FloodBody.Make(0, 1, "only"));
        for (var i = 0; i < 20; i++)
        {
            await process.Http.GetAsync(new Uri("/api/sessions", UriKind.Relative), Cancellation);
            await Task.Delay(50, Cancellation);
        }

        var summary = JsonDocument.Parse(await process.Http.GetStringAsync(new Uri("/api/ingest", UriKind.Relative), Cancellation)).RootElement;
        var records = summary.GetProperty("signals").EnumerateArray().Select(s => s.GetProperty("records").GetInt64());
        Assert.Equal([1, 0, 0], records);

        // Its own start asked both ports once, with a request that holds nothing.
        Assert.Equal([3, 0, 0], summary.GetProperty("signals").EnumerateArray().Select(s => s.GetProperty("requests").GetInt64()));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
