namespace AgentObs.Storage.Engine;

/// <summary>Where the engine's library was looked for and found.</summary>
/// <param name="Path">The library file; null where it was not found.</param>
/// <param name="Searched">The files that were looked for, in order.</param>
public sealed record EngineLocation(string? Path, IReadOnlyList<string> Searched)
{
    /// <summary>
    /// Looks in this order: what was configured (AGENTOBS_LIBCHDB), the user's own copy, the <c>native/</c> folder of the repository that
    /// this program was built in.
    /// </summary>
    /// <param name="configured">A file, or a folder with the library in it; empty where none is configured.</param>
    /// <exception cref="StorageException">This platform has no engine, or the configured place has no library.</exception>
    public static EngineLocation Resolve(string configured = "")
    {
        if (configured.Length != 0)
        {
            var place = Directory.Exists(configured) ? System.IO.Path.Combine(configured, EnginePackage.LibraryFile) : configured;
            var file = System.IO.Path.GetFullPath(place);
            return File.Exists(file)
                ? new EngineLocation(file, [file])
                : throw new StorageException($"AGENTOBS_LIBCHDB names {configured}, but there is no library at {file}. Correct it or unset it.");
        }

        var package = EnginePackage.ForThisPlatform();
        var searched = new List<string> { System.IO.Path.Combine(package.InstallFolder, EnginePackage.LibraryFile) };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "native", "Engine.targets")))
            {
                var installed = System.IO.Path.Combine(folder.FullName, "native", "engine", EnginePackage.Version, package.Platform);
                searched.Add(System.IO.Path.Combine(installed, EnginePackage.LibraryFile));
                break;
            }
        }

        return new EngineLocation(searched.Find(File.Exists), searched);
    }

    /// <summary>The library's path.</summary>
    /// <exception cref="StorageException">It is nowhere; the message names the command that installs it.</exception>
    public string Require() => Path ?? throw new StorageException(
        $"The embedded engine ({EnginePackage.LibraryFile} {EnginePackage.Version}) is not installed. Run: agentobs engine install "
        + $"(it needs Node.js and fetches 178 MB through npm). Looked for {string.Join(", ", Searched)}.");
}
