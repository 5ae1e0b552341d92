using System.Diagnostics;
using System.Globalization;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>Wall time and CPU time of the process around a piece of work.</summary>
internal sealed class Measure
{
    private readonly TimeSpan cpu = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly long start = Stopwatch.GetTimestamp();

    public void Print(string name, long spans, IReadOnlyList<TimeSpan>? latencies = null)
    {
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var percentiles = latencies is { Count: > 0 } ? Percentiles(latencies) : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34} {spans,9} spans {wall,7:F2} s {spans / wall,9:F0}/s {used,7:F2} CPU-s {spans / used,9:F0}/CPU-s {used * 100_000 / spans,6:F2} CPU-s/100k {Environment.WorkingSet >> 20,6} MB {percentiles}"));
    }

    private static string Percentiles(IReadOnlyList<TimeSpan> latencies)
    {
        var sorted = latencies.Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture, $"ack p50 {sorted[sorted.Count / 2].TotalMilliseconds:F0} ms, p95 {sorted[sorted.Count * 95 / 100].TotalMilliseconds:F0} ms");
    }
}
