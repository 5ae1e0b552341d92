using System.ComponentModel;
using System.Diagnostics;

namespace AgentObs.Cli.Doctor;

/// <summary>What a program answered in its time.</summary>
/// <param name="ExitCode">Null where it had to be ended, or could not be started.</param>
/// <param name="Output">Its standard output, else what the start failed with.</param>
internal sealed record BoundedProcess(int? ExitCode, string Output)
{
    /// <summary>Runs it without input; after <paramref name="limit"/> it is killed with all that it started.</summary>
    public static async Task<BoundedProcess> RunAsync(
        string file, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            _ = process.StandardError.ReadToEndAsync(patience.Token).ContinueWith(task => task.Exception, TaskScheduler.Default);
            await process.WaitForExitAsync(patience.Token);
            return new BoundedProcess(process.ExitCode, await output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return new BoundedProcess(null, "");
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            return new BoundedProcess(null, error.Message);
        }
    }
}
