using System.Diagnostics;
using System.Globalization;
using AgentObs.Benchmarks.Processes;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>Wall time and CPU time around a piece of work: of this process and of the server beside it, where there is one.</summary>
internal sealed class Measure(ServerProcess? server = null)
{
    private readonly TimeSpan own = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly TimeSpan servers = server?.Cpu ?? TimeSpan.Zero;
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>Prints one line and returns its figures.</summary>
    public Measured Stop(string name, long spans, IReadOnlyList<TimeSpan>? latencies = null)
    {
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var own = (Process.GetCurrentProcess().TotalProcessorTime - this.own).TotalSeconds;
        var servers = server is null ? 0 : (server.Cpu - this.servers).TotalSeconds;
        var measured = new Measured(spans / wall, own * 100_000 / spans, servers * 100_000 / spans, Percentiles(latencies));
        var cpu = server is null ? $"{measured.OwnCpu,6:F2}" : $"{measured.ServerCpu,6:F2} server + {measured.OwnCpu:F2} clients";
        var memory = server is null ? "" : $"{server.Megabytes().Now,6:F0} MB";
        var acknowledged = latencies is { Count: > 0 } ? string.Create(CultureInfo.InvariantCulture, $"ack p50 {measured.Acknowledged.P50:F0} p95 {measured.Acknowledged.P95:F0} ms") : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-36} {spans,8} spans {wall,7:F2} s {measured.PerSecond,8:F0}/s {cpu} CPU-s/100k {memory} {acknowledged} load {Load()}"));
        return measured;
    }

    private static (double P50, double P95) Percentiles(IReadOnlyList<TimeSpan>? latencies)
    {
        if (latencies is not { Count: > 0 })
        {
            return (double.NaN, double.NaN);
        }

        var sorted = latencies.Order().ToList();
        return (sorted[sorted.Count / 2].TotalMilliseconds, sorted[sorted.Count * 95 / 100].TotalMilliseconds);
    }

    /// <summary>Load of the last minute, of which these benchmarks themselves make one or two.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "?";
}
