using System.ComponentModel;
using System.Diagnostics;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>Starts an agent with its provenance in OTEL_RESOURCE_ATTRIBUTES, which Claude Code and Codex copy onto all they emit.</summary>
internal static class LaunchedProcess
{
    /// <summary>The child's exit code; 127 when there is no such command, as in a shell.</summary>
    internal static async Task<int> RunAsync(string command, string[] arguments)
    {
        var provenance = Provenance.FromEnvironment(Environment.GetEnvironmentVariable) with { RunId = Guid.NewGuid().ToString() };
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false };
        start.Environment["AGENTOBS_RUN_ID"] = provenance.RunId;
        start.Environment[ResourceAttributes.Variable] = ResourceAttributes.Merge(
            Environment.GetEnvironmentVariable(ResourceAttributes.Variable), provenance.Attributes());
        try
        {
            using var child = Process.Start(start) ?? throw new Win32Exception();
            // Ctrl+C reaches the whole process group: the child decides what it means.
            Console.CancelKeyPress += (_, key) => key.Cancel = true;
            await child.WaitForExitAsync();
            return child.ExitCode;
        }
        catch (Win32Exception error)
        {
            await Console.Error.WriteLineAsync($"agentobs-launcher: cannot start '{command}': {error.Message}");
            return 127;
        }
    }
}
