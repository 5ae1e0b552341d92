using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace AgentObs.Cli.Serving;

/// <summary>Finds who listens on a port, with what the operating system tells an ordinary user.</summary>
internal static class PortHolders
{
    private const string Listening = "0A";
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Null where it cannot be told: another user's process, or a system without /proc and lsof.</summary>
    public static PortHolder? Find(int port)
    {
        var pid = OperatingSystem.IsLinux() ? FindInProc(port) : FindWithLsof(port);
        return pid is { } known ? new PortHolder(known, NameOf(known)) : null;
    }

    private static int? FindInProc(int port)
    {
        var inodes = SocketTables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => SocketInode(line, port))
            .OfType<string>()
            .Select(inode => $"socket:[{inode}]")
            .ToHashSet(StringComparer.Ordinal);
        return inodes.Count == 0 ? null : Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && HoldsOne(pid, inodes))
            .Select(pid => (int?)pid)
            .FirstOrDefault();
    }

    // "  0: 0100007F:10DD 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000  0 24735 ..." : address:port in hex, state, inode.
    private static string? SocketInode(string line, int port)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 9 && columns[3] == Listening
            && columns[1].EndsWith(":" + port.ToString("X4", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                ? columns[9]
                : null;
    }

    private static bool HoldsOne(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"))
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, or another user's.
            return false;
        }
    }

    private static int? FindWithLsof(int port)
    {
        try
        {
            using var lsof = Process.Start(new ProcessStartInfo("lsof", $"-nP -iTCP:{port} -sTCP:LISTEN -t")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var line = lsof?.StandardOutput.ReadLine();
            return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string NameOf(int pid)
    {
        try
        {
            var command = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline");
            var arguments = File.Exists(command) ? File.ReadAllText(command).Split('\0') : [];
            if (arguments.FirstOrDefault(argument => Path.GetFileName(argument) is "agentobs" or "agentobs.dll") is not null)
            {
                return "agentobs";
            }

            using var process = Process.GetProcessById(pid);
            return process.ProcessName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return "a process";
        }
    }
}
