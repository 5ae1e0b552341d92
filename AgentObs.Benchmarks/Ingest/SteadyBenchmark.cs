using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>The product as a user runs it (<c>agentobs serve</c>: with the session list made while data comes) at 2,000 spans a second.</summary>
internal static class SteadyBenchmark
{
    private const double SpansPerSecond = 2_000;
    private const int SpansPerRequest = 50;

    public static async Task RunAsync(int seconds)
    {
        var traffic = new RecordedTraffic(SpansPerRequest);
        var folder = Directory.CreateTempSubdirectory("agentobs-bench-").FullName;
        try
        {
            var start = new ProcessStartInfo("dotnet", [AgentObsAssembly.Path, "serve", "--until-stdin-closes"]);
            foreach (var variable in new[] { "AGENTOBS_WEB_URL", "AGENTOBS_OTLP_GRPC_URL", "AGENTOBS_OTLP_HTTP_URL" })
            {
                start.Environment[variable] = "http://127.0.0.1:0";
            }

            start.Environment["AGENTOBS_DATA"] = folder;
            await using var server = await ServerProcess.StartAsync(start, "Ctrl+C");
            using var endpoints = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "endpoints.json")));
            var send = OtlpSender.Grpc(new Uri(endpoints.RootElement.GetProperty("otlpGrpc").GetString()!));
            var next = 0;
            await Clients.SteadyAsync("warm-up", traffic.Take((int)SpansPerSecond * 5, ref next), SpansPerSecond, server, send);
            await Clients.SteadyAsync($"agentobs serve, {SpansPerRequest} spans a request", traffic.Take((int)SpansPerSecond * seconds, ref next), SpansPerSecond, server, send);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory at most {server.Megabytes().Peak:F0} MB"));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
