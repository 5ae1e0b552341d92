using System.Globalization;
using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>The curves behind WriteLimits: rows a commit against the engine's cost, time between commits against acknowledgements and parts.</summary>
internal static class CurveBenchmark
{
    private const int RowsEach = 60_000;
    private const double SpansPerSecond = 2_000;
    private const int SpansPerRequest = 20;
    private const int SecondsEach = 20;

    private static readonly int[] RowsPerCommit = [512, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
    private static readonly int[] Intervals = [1, 10, 25, 50, 100, 200];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-bench-").FullName;
        try
        {
            await using var store = await ClickHouseStore.OpenAsync(IngestServer.Storage(folder), NullLoggerFactory.Instance, CancellationToken.None);
            var traffic = new RecordedTraffic(512);
            var next = 0;
            await DirectInsert.RunAsync(store, traffic.Take(RowsEach, ref next), DirectInsert.RowsPerBlock, null);
            foreach (var rows in RowsPerCommit)
            {
                await DirectInsert.RunAsync(store, traffic.Take(Math.Max(RowsEach, rows), ref next), rows, $"{rows} rows a commit");
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        var small = new RecordedTraffic(SpansPerRequest);
        foreach (var interval in Intervals)
        {
            await using var server = await IngestServerHandle.StartAsync(TimeSpan.FromMilliseconds(interval));
            var next = 0;
            var send = OtlpSender.Grpc(server.Grpc);
            await Clients.SteadyAsync("warm-up", small.Take((int)SpansPerSecond * 3, ref next), SpansPerSecond, server.Process, send);
            await Clients.SteadyAsync(
                string.Create(CultureInfo.InvariantCulture, $"{interval} ms between commits, 2,000 spans/s"),
                small.Take((int)SpansPerSecond * SecondsEach, ref next), SpansPerSecond, server.Process, send);
            Console.WriteLine($"  active parts: {await server.ActivePartsAsync()}");
        }
    }
}
