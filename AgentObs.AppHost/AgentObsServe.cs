using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AgentObs.AppHost;

/// <summary>
/// Runs <c>agentobs serve</c> as a child: its output goes straight to this terminal, signals are handed on, its exit code is ours.
/// </summary>
internal static class AgentObsServe
{
    private const int Sigterm = 15;

    internal static async Task<int> RunAsync(string[] args)
    {
        var location = Path.Combine(AppContext.BaseDirectory, "agentobs.location");
        var program = File.Exists(location)
            ? Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, (await File.ReadAllTextAsync(location)).Trim()))
            : location;
        if (!File.Exists(program) || program == location)
        {
            await Console.Error.WriteLineAsync($"'{program}' is missing: build it with `dotnet build AgentObs.AppHost` and start again.");
            return 1;
        }

        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && IsDotnet(path) ? path : "dotnet")
        {
            UseShellExecute = false,
            // When this process is killed the pipe closes, and `serve` stops instead of living on without a terminal.
            RedirectStandardInput = true,
        };
        foreach (var argument in (string[])[program, "serve", "--until-stdin-closes", .. args])
        {
            start.ArgumentList.Add(argument);
        }

        using var child = new Process { StartInfo = start };
        using var interrupt = HandOn(PosixSignal.SIGINT, child);
        using var terminate = HandOn(PosixSignal.SIGTERM, child);
        using var hangup = HandOn(PosixSignal.SIGHUP, child);
        child.Start();
        await child.WaitForExitAsync();
        return child.ExitCode;
    }

    /// <summary>
    /// Ctrl+C in a terminal reaches the child too, a signal sent to this process alone does not: SIGTERM on top of either is harmless,
    /// since <c>serve</c> forces its end only at a second SIGINT.
    /// </summary>
    private static PosixSignalRegistration HandOn(PosixSignal signal, Process child) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            try
            {
                if (!child.HasExited)
                {
                    _ = Kill(child.Id, Sigterm);
                }
            }
            catch (InvalidOperationException)
            {
                // The signal came before the child started or after it was gone: there is nothing to hand on.
            }
        });

    private static bool IsDotnet(string path) => Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
