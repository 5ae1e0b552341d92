using System.Diagnostics;
using System.Globalization;

namespace AgentObs.Cli.Doctor;

/// <summary>Who has a data folder: the owner of <c>agentobs.lock</c> writes its number to <c>agentobs.pid</c>.</summary>
internal static class DataFolderHolder
{
    /// <summary>Null where nobody has it.</summary>
    public static int? Find(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "agentobs.pid");
        return File.Exists(file)
            && int.TryParse(File.ReadAllText(file).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && IsAlive(pid) && IsLocked(Path.Combine(dataFolder, "agentobs.lock")) ? pid : null;
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A number can belong to another process by now. Shared and for a moment: the lock is asked for only where its holder seems alive.
    private static bool IsLocked(string file)
    {
        try
        {
            using var probe = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
