using System.Diagnostics;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>A file system of its own of a given size, where this user may mount one; its space can be taken and given back.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("agentobs-disk-");

    private SmallDisk()
    {
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => folder.FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Skips the test, with the reason, where nothing can be mounted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk();
        var refusal = OperatingSystem.IsLinux() ? Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "agentobs-test", disk.Path) : "mounting a tmpfs is Linux's";
        if (refusal.Length > 0)
        {
            disk.folder.Delete();
            Assert.Skip($"No small file system to fill: {refusal}");
        }

        return disk;
    }

    /// <summary>Takes all space but so many bytes.</summary>
    public void Fill(long but)
    {
        using var file = new FileStream(Ballast, FileMode.Append);
        var block = new byte[64 * 1024];
        while (new DriveInfo(Path).AvailableFreeSpace > but + block.Length)
        {
            file.Write(block);
            file.Flush();
        }
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        var refusal = Run("umount", Path);
        if (refusal.Length > 0)
        {
            // Something still has it open: it goes with its last user.
            Run("umount", "--lazy", Path);
        }

        folder.Delete();
    }

    /// <returns>What it said when it failed; empty when it did not.</returns>
    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? "" : $"{program}: {error.Trim()}";
    }
}
