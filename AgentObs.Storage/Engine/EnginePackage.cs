using System.Runtime.InteropServices;
using AgentObs.Conventions;

namespace AgentObs.Storage.Engine;

/// <summary>The npm package that carries the engine's library (libchdb) for one platform.</summary>
/// <param name="Platform">Operating system, processor and C library: <c>linux-x64-gnu</c>, <c>darwin-arm64</c>.</param>
public sealed record EnginePackage(string Platform)
{
    /// <summary>The one version this program was measured with; the packages' <c>latest</c> is older.</summary>
    public const string Version = "26.7.3-stable.1";

    /// <summary>The library's file name in the package, on macOS too.</summary>
    public const string LibraryFile = "libchdb.so";

    private static readonly string[] Platforms = ["linux-x64-gnu", "linux-arm64-gnu", "darwin-x64", "darwin-arm64"];

    /// <summary>The package's name: <c>@chdb/lib-linux-x64-gnu</c>.</summary>
    public string Name => $"@chdb/lib-{Platform}";

    /// <summary>Name and version as npm takes them: <c>@chdb/lib-linux-x64-gnu@26.7.3-stable.1</c>.</summary>
    public string Specifier => $"{Name}@{Version}";

    /// <summary>Where the library lies in a folder that npm installed the package in.</summary>
    public string PathInNodeModules => Path.Combine("node_modules", "@chdb", $"lib-{Platform}", LibraryFile);

    /// <summary>
    /// The user's own copy, which <c>agentobs engine install</c> makes: below the data home, whatever AGENTOBS_DATA says.
    /// </summary>
    public string InstallFolder => Path.Combine(DataHome.Default, "engine", Version, Platform);

    /// <summary>The package of the platform this process runs on.</summary>
    /// <exception cref="StorageException">There is none; the message says what to use instead.</exception>
    public static EnginePackage ForThisPlatform()
    {
        var os = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "";
        var cpu = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", _ => "" };
        var isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        var platform = os == "linux" ? $"{os}-{cpu}-{(isMusl ? "musl" : "gnu")}" : $"{os}-{cpu}";
        return Platforms.Contains(platform, StringComparer.Ordinal)
            ? new EnginePackage(platform)
            : throw new StorageException(
                $"The embedded engine does not exist for this platform ({RuntimeInformation.RuntimeIdentifier}): only for Linux with glibc and "
                + "for macOS, on x64 and arm64. Run AgentObs in WSL2 (Windows) or a glibc distribution, or use the container topology.");
    }
}
