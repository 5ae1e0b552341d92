using System.CommandLine;
using System.Globalization;
using AgentObs.Conventions;
using AgentObs.Storage;
using AgentObs.Storage.Engine;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs engine status</c>: which engine <c>serve</c> would use; exit code 1 where there is none.</summary>
internal sealed class EngineStatusCommand : Verb
{
    public EngineStatusCommand()
        : base("status", "Says which embedded engine `serve` uses, and where it looks for it.", "agentobs engine status")
    {
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var output = parsed.InvocationConfiguration.Output;
        try
        {
            var location = EngineLocation.Resolve(Setting.EngineLibrary.Read(Environment.GetEnvironmentVariable));
            if (location.Path is { } path)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Engine {EnginePackage.Version}: {path} ({new FileInfo(path).Length / 1_000_000} MB)"));
                return ExitCode.Ok;
            }

            throw CommandException.Failed(
                $"the engine {EnginePackage.Version} is not installed. Looked for {string.Join(", ", location.Searched)}.",
                Invocation.Of("engine install"));
        }
        catch (StorageException error)
        {
            throw CommandException.Failed(error.Message);
        }
    }
}
