using System.Diagnostics;
using System.Text;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Launcher;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Containers;

/// <summary>One of the container topology's programs as a process, on a free port.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder said = new();

    private HostProcess(Process process) => this.process = process;

    public HttpClient Http { get; } = new();

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<HostProcess> StartAsync(string project, Dictionary<string, string> environment, string? workingFolder = null)
    {
        var host = new HostProcess(Start(project, [], environment, workingFolder));
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Patience);
            _ = host.process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (await host.process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                host.said.AppendLine(line);
                if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
                {
                    host.Http.BaseAddress = new Uri(line[(at + Listening.Length)..].Trim());
                    _ = host.process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                    return host;
                }
            }

            throw new InvalidOperationException($"{project} ended before it listened: {host.said}");
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string project, string[] arguments, Dictionary<string, string> environment, string? workingFolder = null)
    {
        using var process = Start(project, arguments, environment, workingFolder);
        var (exit, output, error) = await LauncherProgram.EndAsync(process);
        return (exit, output + error);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static Process Start(string project, string[] arguments, Dictionary<string, string> environment, string? workingFolder)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltProgram.Path(project, project + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingFolder ?? Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("AGENTOBS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return DefaultSignals.Start(start);
    }
}
