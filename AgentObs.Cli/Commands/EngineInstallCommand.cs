using System.CommandLine;
using System.Globalization;
using AgentObs.Cli.Engine;
using AgentObs.Storage;
using AgentObs.Storage.Engine;
using Spectre.Console;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs engine install</c>: fetches the embedded ClickHouse through npm.</summary>
internal sealed class EngineInstallCommand : Verb
{
    public EngineInstallCommand()
        : base(
            "install",
            "Fetches the embedded ClickHouse engine (178 MB, 566 MB on disk) through npm, once for this user.",
            "agentobs engine install")
    {
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var package = Package();
        var installer = new EngineInstaller(package);
        var output = parsed.InvocationConfiguration.Output;
        if (installer.IsInstalled)
        {
            await output.WriteLineAsync($"The engine {EnginePackage.Version} is installed already: {installer.Library}");
            return ExitCode.Ok;
        }

        var pinned = installer.IsPinned ? "checked against its sha512" : "pinned by version; no checksum is known for this platform";
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"Fetching {package.Specifier} through npm ({pinned}).");
        var started = TimeProvider.System.GetTimestamp();
        await Terminal.On(parsed.InvocationConfiguration.Error).Status()
            .StartAsync("npm is fetching and unpacking, usually under a minute", _ => installer.InstallAsync(cancellation));
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"The engine is installed: {installer.Library} ({seconds:0} s)"));
        await output.WriteLineAsync("Start AgentObs with: " + Invocation.Of("serve"));
        return ExitCode.Ok;
    }

    internal static EnginePackage Package()
    {
        try
        {
            return EnginePackage.ForThisPlatform();
        }
        catch (StorageException error)
        {
            throw CommandException.Failed(error.Message);
        }
    }
}
