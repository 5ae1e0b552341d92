namespace AgentObs.Cli.Doctor;

/// <summary>A program found on PATH.</summary>
/// <param name="Path">As PATH names it.</param>
/// <param name="Target">What it is in the end, links followed.</param>
internal sealed record Installation(string Path, string Target)
{
    private const string NpmFolder = "node_modules";

    /// <summary><c>npm</c>, <c>native</c> or <c>script</c>.</summary>
    public string Kind => Target.Split(System.IO.Path.DirectorySeparatorChar).Contains(NpmFolder, StringComparer.Ordinal) ? "npm" : IsNative(Target) ? "native" : "script";

    /// <summary>All that a list of folders has, the one that runs first; a program reached over two folders is one.</summary>
    /// <param name="leftOut">A folder that is not looked into: the launcher's shims stand for the program behind them.</param>
    public static IReadOnlyList<Installation> Find(string program, IEnumerable<string> folders, string leftOut) =>
        [.. folders
            .Where(folder => !string.Equals(folder.TrimEnd(System.IO.Path.DirectorySeparatorChar), leftOut, StringComparison.Ordinal))
            .Select(folder => System.IO.Path.Combine(folder, program))
            .Where(IsProgram)
            .Select(path => new Installation(path, Follow(path)))
            .DistinctBy(found => found.Target, StringComparer.Ordinal)];

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string Follow(string path)
    {
        try
        {
            // /bin may be a link to /usr/bin.
            var folder = System.IO.Path.GetDirectoryName(path)!;
            var real = System.IO.Path.Combine(Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? folder, System.IO.Path.GetFileName(path));
            return File.ResolveLinkTarget(real, returnFinalTarget: true)?.FullName ?? real;
        }
        catch (IOException)
        {
            return path;
        }
    }

    private static bool IsNative(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            Span<byte> first = stackalloc byte[2];
            return file.ReadAtLeast(first, 2, throwOnEndOfStream: false) == 2 && !first.SequenceEqual("#!"u8);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
