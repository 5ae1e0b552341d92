using System.Diagnostics;
using AgentObs.Tests.Cli;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Launcher;

/// <summary>The built launcher as a process of its own. AGENTOBS_TEST_LAUNCHER names another one, for instance the native one.</summary>
internal static class LauncherProgram
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("AGENTOBS_TEST_LAUNCHER") is { Length: > 0 } set ? set : BuiltProgram.Path("AgentObs.Launcher", "agentobs-launcher");

    /// <summary>Variables with which nothing is sent anywhere: nothing listens on port 9.</summary>
    public static Dictionary<string, string> Alone(string dataFolder) => new()
    {
        ["AGENTOBS_DATA"] = dataFolder,
        ["AGENTOBS_WEB_URL"] = "http://127.0.0.1:9",
        ["AGENTOBS_OTLP_GRPC_URL"] = "http://127.0.0.1:9",
        ["AGENTOBS_OTLP_HTTP_URL"] = "http://127.0.0.1:9",
    };

    /// <summary>Starts it with redirected streams. Of AgentObs and OpenTelemetry nothing is inherited from the tests' environment.</summary>
    public static Process Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? System.IO.Path.GetTempPath(),
        };
        foreach (var inherited in start.Environment.Keys.Where(IsTelemetry).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return DefaultSignals.Start(start);
    }

    public static Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null) =>
        RunAsync(Path, arguments, environment, folder);

    public static async Task<CommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string? folder = null)
    {
        using var process = Start(program, arguments, environment, folder);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>Reads both streams to their end and waits for the exit.</summary>
    public static async Task<CommandResult> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
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

    private static bool IsTelemetry(string name) =>
        name.StartsWith("AGENTOBS_", StringComparison.Ordinal) || name.StartsWith("OTEL_", StringComparison.Ordinal)
        || name.StartsWith("CLAUDE", StringComparison.Ordinal) || name.StartsWith("CODEX", StringComparison.Ordinal)
        || name is "TRACEPARENT" or "TRACESTATE" or "BASH_ENV";
}
