using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AgentObs.Benchmarks.Processes;
using Spectre.Console;

namespace AgentObs.Benchmarks.Start;

/// <summary>Start to first page and idle memory, the built program against an empty one, in turn in one run.</summary>
internal static class StartBenchmark
{
    internal static async Task<int> RunAsync(int runs)
    {
        var bare = new List<StartedProcess>();
        var fresh = new List<StartedProcess>();
        var again = new List<StartedProcess>();
        var data = Directory.CreateTempSubdirectory("agentobs-start-");
        try
        {
            for (var run = 0; run < runs; run++)
            {
                await Console.Error.WriteLineAsync($"run {run + 1} of {runs}");
                bare.Add(await MeasureAsync(typeof(BareWeb).Assembly.Location, BareWeb.Verb, data));
                var folder = data.CreateSubdirectory($"{run}");
                fresh.Add(await MeasureAsync(AgentObsAssembly.Path, "serve", folder));
                again.Add(await MeasureAsync(AgentObsAssembly.Path, "serve", folder));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }

        var table = new Table().AddColumns("median of " + runs, "first page ms", "first API answer ms", "idle MB", "first page / empty program's");
        Add(table, "empty ASP.NET Core program", bare, bare);
        Add(table, "agentobs serve, empty data folder", fresh, bare);
        Add(table, "agentobs serve, second start", again, bare);
        AnsiConsole.Write(table);
        return 0;
    }

    private static void Add(Table table, string name, List<StartedProcess> measured, List<StartedProcess> yardstick)
    {
        var page = Median(measured, run => run.FirstPage.TotalMilliseconds);
        table.AddRow(
            name,
            $"{page:F0}",
            $"{Median(measured, run => run.FirstApiAnswer.TotalMilliseconds):F0}",
            $"{Median(measured, run => run.IdleMegabytes):F0}",
            $"{page / Median(yardstick, run => run.FirstPage.TotalMilliseconds):F1}");
    }

    private static double Median(List<StartedProcess> measured, Func<StartedProcess, double> figure) => measured.Select(figure).Order().ElementAt(measured.Count / 2);

    private static Task<StartedProcess> MeasureAsync(string assembly, string verb, DirectoryInfo data)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", verb == BareWeb.Verb ? [assembly, verb, address.ToString()] : [assembly, verb]);
        start.Environment["AGENTOBS_WEB_URL"] = address.ToString();
        start.Environment["AGENTOBS_OTLP_GRPC_URL"] = "http://127.0.0.1:0";
        start.Environment["AGENTOBS_OTLP_HTTP_URL"] = "http://127.0.0.1:0";
        start.Environment["AGENTOBS_DATA"] = data.FullName;
        return StartedProcess.MeasureAsync(start, address);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
