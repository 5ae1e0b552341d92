using System.Diagnostics;
using System.Globalization;

namespace AgentObs.Benchmarks.Start;

/// <summary>One start of a server process, timed from before the process exists.</summary>
internal sealed record StartedProcess(TimeSpan FirstPage, TimeSpan FirstApiAnswer, double IdleMegabytes)
{
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntilIdle = TimeSpan.FromSeconds(10);

    internal static async Task<StartedProcess> MeasureAsync(ProcessStartInfo start, Uri address)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) { Console.Error.WriteLine(line.Data); } };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await AnswersAsync(http, address, process, clock);
            var firstPage = clock.Elapsed;
            await AnswersAsync(http, new Uri(address, "/api/sessions"), process, clock);
            var firstApiAnswer = clock.Elapsed;
            await Task.Delay(UntilIdle);
            return new StartedProcess(firstPage, firstApiAnswer, ResidentMegabytes(process));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task AnswersAsync(HttpClient http, Uri address, Process process, Stopwatch clock)
    {
        while (clock.Elapsed < GiveUp && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                {
                    await answer.Content.ReadAsByteArrayAsync();
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(5);
        }

        throw new InvalidOperationException($"{address} did not answer within {GiveUp.TotalSeconds} s (exited: {process.HasExited}).");
    }

    /// <summary>VmRSS of /proc/PID/status (<c>VmRSS:     227344 kB</c>): pages of libchdb count once, as they do for the user.</summary>
    private static double ResidentMegabytes(Process process)
    {
        var status = $"/proc/{process.Id}/status";
        if (!File.Exists(status))
        {
            process.Refresh();
            return process.WorkingSet64 / 1e6;
        }

        var line = File.ReadLines(status).First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line[6..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
