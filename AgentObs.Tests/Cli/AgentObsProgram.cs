using System.Diagnostics;
using System.Runtime.InteropServices;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Cli;

/// <summary>The built <c>agentobs</c>: how the tests start it.</summary>
internal static class AgentObsProgram
{
    public const int Sigkill = 9;
    public const int Sigterm = 15;

    /// <summary>The repository's root.</summary>
    public static string Root => RepositoryFiles.Root;

    /// <summary>The folder <c>agentobs.dll</c> was built into, of the same configuration as the tests.</summary>
    public static string Folder { get; } = AppContext.BaseDirectory.Replace("AgentObs.Tests", "AgentObs.Cli", StringComparison.Ordinal);

    /// <summary>Starts a verb with redirected output. Nothing of AgentObs is inherited from the tests' environment.</summary>
    /// <param name="environment">Variables of the process.</param>
    /// <param name="programFolder">Another copy of the program.</param>
    /// <param name="workingFolder">Where it is started; null: the system's temporary folder.</param>
    public static Process Start(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? programFolder = null, string? workingFolder = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // Not the repository: nothing may depend on the current folder.
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(Path.Combine(programFolder ?? Folder, "agentobs.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AGENTOBS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = DefaultSignals.Start(start);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? programFolder = null, string? workingFolder = null)
    {
        using var process = Start(arguments, environment, programFolder, workingFolder);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static void Terminate(Process process) => Signal(process, Sigterm);

    public static void Signal(Process process, int signal) => _ = Kill(process.Id, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
