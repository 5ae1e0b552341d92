using System.Globalization;
using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>
/// In one run, on the same rows, redaction, all views and indices on, the clients on the same machine: (a) the engine's own limit, the
/// same Native blocks inserted as they are; (b) OTLP gRPC over loopback to committed rows; (c) OTLP HTTP; then all recordings as they were sent.
/// (a) and (b) take turns, so that a noisy minute meets both.
/// </summary>
internal static class IngestBenchmark
{
    private const int Rounds = 3;
    private const int SpansPerRequest = 512;
    private const int WarmUps = 3;
    private const int RecordedCopies = 5;

    public static async Task RunAsync(int spans, bool fsync)
    {
        var traffic = new RecordedTraffic(SpansPerRequest);
        var folder = Directory.CreateTempSubdirectory("agentobs-bench-").FullName;
        try
        {
            await using var store = await ClickHouseStore.OpenAsync(IngestServer.Storage(folder, fsync), NullLoggerFactory.Instance, CancellationToken.None);
            await using var server = await IngestServerHandle.StartAsync(fsync: fsync);
            var next = await WarmAsync(store, server, traffic, spans);
            var rounds = new List<(Measured Direct, Measured Grpc)>();
            for (var round = 1; round <= Rounds; round++)
            {
                var direct = await DirectInsert.RunAsync(store, traffic.Take(spans, ref next), DirectInsert.RowsPerBlock, $"(a) Native blocks of {DirectInsert.RowsPerBlock}");
                var grpc = await FloodAsync(server, "(b) gRPC", traffic.Take(spans, ref next), 16);
                rounds.Add((direct!, grpc));
            }

            await FloodAsync(server, "(b) gRPC", traffic.Take(spans, ref next), 4);
            await FloodAsync(server, "(b) gRPC", traffic.Take(spans, ref next), 1);
            await Clients.FloodAsync($"(c) HTTP, 16 clients x {Clients.InFlight}", traffic.Take(spans, ref next), 16, server.Process, () => OtlpSender.Http(server.Http));
            await Clients.FloodAsync("(b) gRPC, 1 client x 1", traffic.Take(spans / 20, ref next), 1, server.Process, () => OtlpSender.Grpc(server.Grpc), 1);
            foreach (var (clients, inFlight) in new[] { (4, 1), (16, 8), (16, 64) })
            {
                await Clients.FloodAsync(
                    $"all recordings, {clients} clients x {inFlight}", RecordedTraffic.AllRecordings(RecordedCopies), clients, server.Process,
                    () => OtlpSender.Grpc(server.Grpc), inFlight);
            }

            var parts = await server.ActivePartsAsync();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory of the server at most {server.Process.Megabytes().Peak:F0} MB; active parts: {parts}"));
            PrintRatios(rounds);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<int> WarmAsync(ClickHouseStore store, IngestServerHandle server, RecordedTraffic traffic, int spans)
    {
        var next = 0;
        // The first seconds are the just-in-time compiler's: until its best code runs, the same work costs two to three times as much.
        for (var turn = 1; turn <= WarmUps; turn++)
        {
            await DirectInsert.RunAsync(store, traffic.Take(spans, ref next), DirectInsert.RowsPerBlock, null);
            await FloodAsync(server, $"warm-up {turn}", traffic.Take(spans, ref next), 16);
        }

        return next;
    }

    private static Task<Measured> FloodAsync(IngestServerHandle server, string name, List<OtlpRequest> requests, int clients) =>
        Clients.FloodAsync($"{name}, {clients} clients x {Clients.InFlight}", requests, clients, server.Process, () => OtlpSender.Grpc(server.Grpc));

    private static void PrintRatios(List<(Measured Direct, Measured Grpc)> rounds)
    {
        var rates = rounds.Select(r => r.Grpc.PerSecond / r.Direct.PerSecond).Order().ToList();
        var cpu = rounds.Select(r => r.Direct.OwnCpu / (r.Grpc.ServerCpu + r.Grpc.OwnCpu)).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"(b) with 16 clients / (a), median of {Rounds} rounds (all): rate {rates[Rounds / 2]:P0} ({rates[0]:P0} to {rates[^1]:P0}); CPU of (a) / CPU of (b), clients included {cpu[Rounds / 2]:P0} ({cpu[0]:P0} to {cpu[^1]:P0})"));
    }
}
