using System.Diagnostics;
using System.Globalization;

namespace AgentObs.Benchmarks.Processes;

/// <summary>A server that runs beside the clients: its CPU time and memory are its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private ServerProcess(Process process, string line)
    {
        this.process = process;
        Ready = line;
    }

    /// <summary>The line it said when it was ready.</summary>
    public string Ready { get; }

    /// <summary>CPU time of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits for the line that begins with <paramref name="ready"/>.</summary>
    public static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string ready)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' did not start.");
        using var patience = new CancellationTokenSource(GiveUp);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(ready, StringComparison.Ordinal))
            {
                // A pipe that nobody reads fills up and stops the writer.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServerProcess(process, line);
            }
        }

        throw new InvalidOperationException($"'{start.FileName} {string.Join(' ', start.ArgumentList)}' ended before it said '{ready}'.");
    }

    /// <summary>Resident memory in MB, and the most it has had (<c>VmRSS:</c>, <c>VmHWM:     227344 kB</c> of /proc/PID/status). NaN where there is no /proc.</summary>
    public (double Now, double Peak) Megabytes() => (Field("VmRSS:"), Field("VmHWM:"));

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(GiveUp);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private double Field(string name)
    {
        var status = $"/proc/{process.Id}/status";
        return File.Exists(status)
            ? long.Parse(
                File.ReadLines(status).First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
                CultureInfo.InvariantCulture) * 1024 / 1e6
            : double.NaN;
    }
}
