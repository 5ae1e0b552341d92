namespace AgentObs.Cli;

/// <summary>How the user starts this program, for messages that name a command to type.</summary>
internal static class Invocation
{
    /// <summary>Where the user stood; asked for first thing, since the engine makes a folder of its own the current one.</summary>
    public static string StartFolder { get; } = Environment.CurrentDirectory;

    /// <summary>
    /// <c>agentobs serve</c> where the tool is installed; built in the repository <c>dotnet run --project AgentObs.Cli -- serve</c>, with the whole path
    /// where the user stands elsewhere.
    /// </summary>
    public static string Of(string verb) => Repository is { } root ? $"dotnet run --project {Project(root)} -- {verb}" : $"agentobs {verb}";

    /// <summary>How another process of this program is started: its file, and what stands before the verb.</summary>
    public static (string File, IReadOnlyList<string> Arguments) ThisProgram
    {
        get
        {
            var program = Environment.ProcessPath!;
            return Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
                ? (program, [Path.Combine(AppContext.BaseDirectory, "agentobs.dll")])
                : (program, []);
        }
    }

    /// <summary>Folders above this program, the nearest first: in the repository one of them is its root.</summary>
    public static IEnumerable<DirectoryInfo> FoldersAbove()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            yield return folder;
        }
    }

    private static string? Repository => FoldersAbove().FirstOrDefault(folder => File.Exists(Path.Combine(folder.FullName, "AgentObs.sln")))?.FullName;

    private static string Project(string root)
    {
        const string name = "AgentObs.Cli";
        if (Path.TrimEndingDirectorySeparator(StartFolder) == Path.TrimEndingDirectorySeparator(root))
        {
            return name;
        }

        var path = Path.Combine(root, name);
        return path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
    }
}
