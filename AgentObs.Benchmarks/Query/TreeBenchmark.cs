using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AgentObs.Benchmarks.Ingest;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Query;

/// <summary>
/// A session that is far too large: 58 prompts with three codex runs each, 99,702 spans in one <c>agentobs serve</c>. Times are of whole
/// HTTP answers: rows read from the engine, tree built, JSON written. The first answer also waits for the list row of what was just sent.
/// </summary>
internal static class TreeBenchmark
{
    private const int Clients = 4;
    private const int Repetitions = 5;

    public static async Task RunAsync(int prompts)
    {
        await using var server = await AgentObsServer.StartAsync();
        await Ingest.Clients.FloodAsync("sent", RecordedTraffic.OneSession(prompts), Clients, server.Process, () => OtlpSender.Grpc(server.OtlpGrpc), inFlight: 1);
        await AnswerAsync(server, "first /api/sessions", "/api/sessions", 1);
        foreach (var (name, path) in new[]
        {
            ("/api/sessions", "/api/sessions"), ("tree", "/tree"), ("tree, folded=false", "/tree?folded=false"), ("stitching", "/stitching"),
        })
        {
            await AnswerAsync(server, name, path.StartsWith("/api", StringComparison.Ordinal) ? path : $"/api/sessions/{RecordedTraffic.OneSessionId}{path}", Repetitions);
        }

        using var tree = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri($"/api/sessions/{RecordedTraffic.OneSessionId}/tree", UriKind.Relative)));
        var session = tree.RootElement.GetProperty("session");
        Console.WriteLine($"{session.GetProperty("spans")} spans, {session.GetProperty("turns")} turns, {session.GetProperty("agentRuns")} runs, {tree.RootElement.GetProperty("nodes").GetArrayLength()} nodes, input tokens {session.GetProperty("tokens").GetProperty("input")}");
        var memory = server.Process.Megabytes();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory {memory.Now:F0} MB, at most {memory.Peak:F0} MB"));
    }

    private static async Task AnswerAsync(AgentObsServer server, string name, string path, int times)
    {
        var milliseconds = new List<double>();
        var cpu = server.Process.Cpu;
        var bytes = 0;
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            bytes = (await server.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative))).Length;
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-22} {bytes / 1024,8} KB  median {milliseconds[times / 2],7:F0} ms, worst {milliseconds[^1],7:F0} ms, {(server.Process.Cpu - cpu).TotalMilliseconds / times,7:F0} CPU-ms each"));
    }
}
