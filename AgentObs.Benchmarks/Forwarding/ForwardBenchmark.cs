using System.Globalization;
using System.Net.Http.Json;
using AgentObs.Benchmarks.Ingest;
using AgentObs.Benchmarks.Processes;
using AgentObs.Conventions;
using AgentObs.Ingest;

namespace AgentObs.Benchmarks.Forwarding;

/// <summary>
/// What a target of forwarding costs those who send: time to the acknowledgement at 2,000 spans a second without one, with one that takes all, with one that
/// is not there, with one that takes connections and never answers. Each has a server of its own; without a target is measured first and last, so that
/// the machine's own changes can be told from the target's.
/// </summary>
internal static class ForwardBenchmark
{
    private const double SpansPerSecond = 2_000;
    private const int SpansPerRequest = 50;
    private const int WarmUpSeconds = 5;
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(int seconds)
    {
        await using var live = await LiveTarget.StartAsync();
        using var hole = new BlackHole();
        (string Name, Uri? Target)[] targets = [("none", null), ("live", live.Url), ("dead", BlackHole.Nobody()), ("black hole", hole.Url), ("none again", null)];
        var runs = new List<ForwardRun>();
        foreach (var (name, target) in targets)
        {
            runs.Add(await RunAsync(name, target, seconds));
        }

        var (p50, p95) = (Mean(run => run.Measured.Acknowledged.P50), Mean(run => run.Measured.Acknowledged.P95));
        Console.WriteLine();
        Console.WriteLine("| target | ack p50 ms | p95 ms | p50, p95 to none | spans acknowledged / stored | memory at most MB | requests sent / retried / dropped / waiting MB | load |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var run in runs)
        {
            var acknowledged = run.Measured.Acknowledged;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {run.Name} | {acknowledged.P50:F0} | {acknowledged.P95:F0} | {acknowledged.P50 / p50:F2}, {acknowledged.P95 / p95:F2} | {run.Acknowledged:N0} / {run.Stored:N0} | {run.PeakMegabytes:F0} | {run.Forwarded} | {run.Load} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the live target got {live.Bytes / 1e6:F1} MB"));

        double Mean(Func<ForwardRun, double> figure) => (figure(runs[0]) + figure(runs[^1])) / 2;
    }

    private static async Task<ForwardRun> RunAsync(string name, Uri? target, int seconds)
    {
        var traffic = new RecordedTraffic(SpansPerRequest);
        await using var server = await AgentObsServer.StartAsync(target is null
            ? []
            : [KeyValuePair.Create(Setting.ForwardUrl.Variable, target.AbsoluteUri), KeyValuePair.Create(Setting.ForwardProtocol.Variable, "http/protobuf")]);
        var send = OtlpSender.Grpc(server.OtlpGrpc);
        var next = 0;
        var warmUp = traffic.Take((int)SpansPerSecond * WarmUpSeconds, ref next);
        await Clients.SteadyAsync($"{name}: warm-up", warmUp, SpansPerSecond, server.Process, send);
        var requests = traffic.Take((int)SpansPerSecond * seconds, ref next);
        var measured = await Clients.SteadyAsync(name, requests, SpansPerSecond, server.Process, send);
        var peak = server.Process.Megabytes().Peak;
        if (name == "live")
        {
            // The last ones are on their way.
            await Task.Delay(Arrival);
        }

        var ingest = await server.Http.GetFromJsonAsync<IngestSummary>(new Uri("/api/ingest", UriKind.Relative)) ?? throw new InvalidOperationException("/api/ingest gave nothing");
        var forwarded = ingest.Forwarding?.Signals[0] is { } signal
            ? string.Create(CultureInfo.InvariantCulture, $"{signal.Sent:N0} / {signal.Retried} / {signal.Dropped:N0} / {signal.QueuedBytes / 1e6:F1}")
            : "-";
        return new ForwardRun(name, measured, warmUp.Concat(requests).Sum(request => (long)request.Spans), ingest.Signals[0].Records, peak, forwarded, Measure.Load());
    }
}
