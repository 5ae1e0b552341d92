using System.Globalization;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// The product as a user runs it (<c>agentobs serve</c>: with the session list made while data comes) at 2,000 spans a second, and beside a few agents:
/// many small requests.
/// </summary>
internal static class SteadyBenchmark
{
    private const double SpansPerSecond = 2_000;
    private const int SpansPerRequest = 50;
    private const int TrickledPerSecond = 100;
    private const int TrickledPerRequest = 10;

    public static async Task RunAsync(int seconds)
    {
        var traffic = new RecordedTraffic(SpansPerRequest);
        await using var server = await AgentObsServer.StartAsync();
        var send = OtlpSender.Grpc(server.OtlpGrpc);
        var next = 0;
        await Clients.SteadyAsync("warm-up", traffic.Take((int)SpansPerSecond * 5, ref next), SpansPerSecond, server.Process, send);
        await Clients.SteadyAsync($"agentobs serve, {SpansPerRequest} spans a request", traffic.Take((int)SpansPerSecond * seconds, ref next), SpansPerSecond, server.Process, send);
        var trickle = new RecordedTraffic(TrickledPerRequest);
        await Clients.SteadyAsync(
            $"a few agents: {TrickledPerRequest} spans a request", trickle.Take(TrickledPerSecond * seconds, ref next), TrickledPerSecond, server.Process, send);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory at most {server.Process.Megabytes().Peak:F0} MB"));
    }
}
