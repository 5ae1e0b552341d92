namespace AgentObs.Cli;

/// <summary>How the user starts this program, for messages that name a command to type.</summary>
internal static class Invocation
{
    /// <summary>
    /// <c>agentobs serve</c> where the tool is installed, <c>dotnet run --project AgentObs.Cli -- serve</c> in the repository.
    /// </summary>
    public static string Of(string verb) => IsInRepository ? $"dotnet run --project AgentObs.Cli -- {verb}" : $"agentobs {verb}";

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

    private static bool IsInRepository => FoldersAbove().Any(folder => File.Exists(Path.Combine(folder.FullName, "AgentObs.sln")));
}
