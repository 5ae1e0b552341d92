namespace AgentObs.Storage.Embedded;

/// <summary>What lies where in the data folder.</summary>
internal static class EngineFolders
{
    /// <summary>The engine's own files.</summary>
    internal const string Store = "clickhouse";

    /// <summary>The working directory of the process, empty but for the engine's configuration.</summary>
    internal const string Work = "work";

    /// <summary>The one folder that BACKUP may write to.</summary>
    internal const string Backups = "backups";

    /// <summary>Makes the folders, readable by their owner only: prompts and tool output are in them.</summary>
    /// <exception cref="StorageException">The folder cannot be made or is not ours.</exception>
    internal static void Create(string dataFolder)
    {
        try
        {
            foreach (var folder in (string[])[dataFolder, .. new[] { Store, Work, Backups }.Select(name => Path.Combine(dataFolder, name))])
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(folder);
                    continue;
                }

                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The data folder {dataFolder} cannot be used: {e.Message} Set AGENTOBS_DATA to a folder that you may write to.", e);
        }
    }
}
