using System.Diagnostics;
using AgentObs.Benchmarks.Processes;
using Spectre.Console;

namespace AgentObs.Benchmarks.Launch;

/// <summary>What stands between a user and an agent: a program that does nothing, started directly and in each way of the launcher, in turn.</summary>
internal static class LaunchBenchmark
{
    private const string Nothing = "/bin/true";

    /// <param name="rounds">Each starts every way once.</param>
    /// <param name="native">A launcher compiled ahead of time; null: none is measured.</param>
    public static async Task<int> RunAsync(int rounds, string? native)
    {
        await using var server = await AgentObsServer.StartAsync();
        var cli = Path.GetDirectoryName(AgentObsAssembly.Path)!;
        var ways = new List<LaunchWay> { new("directly", Nothing, []) };
        foreach (var (name, launcher) in new[] { ("native", native), ("managed", Path.Combine(cli, "agentobs-launcher")) })
        {
            if (launcher is null)
            {
                continue;
            }

            var data = Directory.CreateDirectory(Path.Combine(server.Folder, name)).FullName;
            ways.Add(new LaunchWay($"launcher, {name}", launcher, ["--", Nothing]));
            ways.Add(new LaunchWay($"shim, {name}", await ShimAsync(server, launcher, data), []));
        }

        ways.Add(new LaunchWay("agentobs run", Path.Combine(cli, "agentobs"), ["run", "--", Nothing]));
        for (var round = 0; round < rounds + 1; round++)
        {
            foreach (var way in ways)
            {
                var took = await StartAsync(way, server);
                if (round > 0)
                {
                    way.Took.Add(took);
                }
            }
        }

        var direct = Median(ways[0].Took);
        var table = new Table().AddColumns("median of " + rounds, "ms", "p95 ms", "more than directly, ms");
        foreach (var way in ways)
        {
            var sorted = way.Took.Order().ToList();
            table.AddRow(way.Name, $"{Median(way.Took):F1}", $"{sorted[(int)(0.95 * (sorted.Count - 1))]:F1}", $"{Median(way.Took) - direct:F1}");
        }

        AnsiConsole.Write(table);
        return 0;
    }

    // An installed agent that does nothing, and the shim that one run leaves for it.
    private static async Task<string> ShimAsync(AgentObsServer server, string launcher, string data)
    {
        var installed = Directory.CreateDirectory(Path.Combine(data, "installed"));
        File.CreateSymbolicLink(Path.Combine(installed.FullName, "codex"), Nothing);
        await StartAsync(new LaunchWay("", launcher, ["--", Nothing]) { Path = installed.FullName, Data = data }, server);
        Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{installed.FullName}");
        return Path.Combine(data, "launcher", "bin", "codex");
    }

    private static async Task<double> StartAsync(LaunchWay way, AgentObsServer server)
    {
        var start = new ProcessStartInfo(way.Program, way.Arguments) { RedirectStandardError = true };
        start.Environment["AGENTOBS_DATA"] = way.Data ?? server.Folder;
        start.Environment["AGENTOBS_OTLP_HTTP_URL"] = server.OtlpHttp.ToString();
        start.Environment["PATH"] = way.Path is null ? start.Environment["PATH"] : $"{way.Path}:{start.Environment["PATH"]}";
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        var said = await process.StandardError.ReadToEndAsync();
        return process.ExitCode == 0 && said.Length == 0 ? took : throw new InvalidOperationException($"{way.Name}: exit code {process.ExitCode}: {said}");
    }

    private static double Median(List<double> measured) => measured.Order().ElementAt(measured.Count / 2);
}
