using System.Globalization;

namespace AgentObs.Storage.Embedded;

/// <summary>
/// The claim of this process on a data folder: an open, locked <c>agentobs.lock</c>, which the system frees when the process dies in
/// whatever way, and beside it <c>agentobs.pid</c> with the owner's process id, for the message that the next one prints.
/// </summary>
internal sealed class DataFolderLock : IDisposable
{
    private readonly FileStream held;
    private readonly string pidFile;

    private DataFolderLock(FileStream held, string pidFile)
    {
        this.held = held;
        this.pidFile = pidFile;
    }

    /// <exception cref="StorageException">Another process has the folder; the message names it and the ways round.</exception>
    internal static DataFolderLock Take(string dataFolder)
    {
        var pidFile = Path.Combine(dataFolder, "agentobs.pid");
        var held = TryLock(Path.Combine(dataFolder, "agentobs.lock")) ?? throw InUse(dataFolder, "AgentObs", ReadPid(pidFile));
        try
        {
            // Another program of libchdb (clickhouse-local, chdb in Python) knows nothing of our file; the engine has its own.
            var status = Path.Combine(dataFolder, EngineFolders.Store, "status");
            if (File.Exists(status))
            {
                using var probe = TryLock(status) ?? throw InUse(dataFolder, "another ClickHouse engine", ReadPid(status));
            }

            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolderLock(held, pidFile);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (File.Exists(pidFile))
        {
            File.Delete(pidFile);
        }

        held.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Reads <c>123</c> or the engine's <c>PID: 123</c> line; empty where it cannot be told.</summary>
    private static string ReadPid(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            var line = (reader.ReadLine() ?? "").Replace("PID:", "", StringComparison.Ordinal).Trim();
            return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? line : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static StorageException InUse(string dataFolder, string who, string pid)
    {
        var process = pid.Length == 0 ? "" : $" (pid {pid})";
        var stop = pid.Length == 0 ? "Stop it" : $"Stop it (kill {pid})";
        return new StorageException(
            $"The data folder {dataFolder} is in use: {who}{process} is running on it. {stop}, or set AGENTOBS_DATA to another folder.");
    }
}
