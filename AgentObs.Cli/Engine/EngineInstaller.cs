using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using AgentObs.Storage.Engine;

namespace AgentObs.Cli.Engine;

/// <summary>
/// Fetches the engine's library through npm into the user's data home. npm verifies the package against the lock file that this
/// program carries; a platform whose package was not on the feed the lock was made with is pinned by version only.
/// </summary>
internal sealed class EngineInstaller(EnginePackage package)
{
    private static readonly Assembly Self = typeof(EngineInstaller).Assembly;

    private readonly string _library = Path.Combine(package.InstallFolder, EnginePackage.LibraryFile);

    /// <summary>The sha512 of the package is known, so npm refuses any other.</summary>
    public bool IsPinned => Self.GetManifestResourceInfo(Resource("package-lock.json")) is not null;

    public bool IsInstalled => File.Exists(_library);

    public string Library => _library;

    /// <exception cref="CommandException">npm is missing or failed; has npm's own words.</exception>
    public async Task InstallAsync(CancellationToken cancellation)
    {
        // Beside its destination, so that the last step is a rename on one file system: the library is there whole or not at all.
        var staging = Directory.CreateDirectory($"{package.InstallFolder}.{Environment.ProcessId}").FullName;
        try
        {
            await WriteAsync("package.json", staging, cancellation);
            if (IsPinned)
            {
                await WriteAsync("package-lock.json", staging, cancellation);
            }

            await RunNpmAsync(staging, cancellation);
            var fetched = Path.Combine(staging, package.PathInNodeModules);
            if (!File.Exists(fetched))
            {
                throw CommandException.Failed($"npm installed {package.Specifier}, but {package.PathInNodeModules} is not in it.");
            }

            Directory.CreateDirectory(package.InstallFolder);
            File.Move(fetched, _library, overwrite: true);
        }
        finally
        {
            Directory.Delete(staging, recursive: true);
        }
    }

    private async Task RunNpmAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] quietly = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
        foreach (var argument in quietly.Prepend(IsPinned ? "ci" : "install"))
        {
            start.ArgumentList.Add(argument);
        }

        using var npm = Start(start);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var errors = npm.StandardError.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
            {
                throw CommandException.Failed(
                    $"npm could not fetch {package.Specifier} (exit code {npm.ExitCode}):"
                    + $"{Environment.NewLine}{(await errors).Trim()}{(await output).Trim()}",
                    $"npm view {package.Specifier}   (can this machine reach its npm registry?)",
                    Invocation.Of("engine install"));
            }
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw CommandException.Failed(
                "npm was not found: the engine comes as an npm package.",
                "install Node.js 18 or later, then: " + Invocation.Of("engine install"));
        }
    }

    private async Task WriteAsync(string file, string folder, CancellationToken cancellation)
    {
        await using var source = Self.GetManifestResourceStream(Resource(file))
            ?? throw CommandException.Failed($"this program carries no {file} for {package.Platform}.");
        await using var target = File.Create(Path.Combine(folder, file));
        await source.CopyToAsync(target, cancellation);
    }

    private string Resource(string file) => $"native/{package.Platform}/{file}";
}
