using System.Diagnostics;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.RealClients;

/// <summary>A process in an environment of its own making, ended with all it started when its time is over.</summary>
internal static class BoundedProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <param name="environment">All of it: nothing is inherited.</param>
    public static async Task<CommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string folder)
    {
        var start = new ProcessStartInfo(Find(program, environment), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return new CommandResult(-1, await output, $"{await error}\nended by the test after {Limit.TotalSeconds} s");
        }

        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>By the PATH that the process gets, not by the tests' own.</summary>
    private static string Find(string program, IReadOnlyDictionary<string, string> environment) =>
        environment["PATH"].Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"{program} is not on PATH {environment["PATH"]}");
}
