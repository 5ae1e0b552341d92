namespace AgentObs.Cli.Doctor;

/// <summary>This user's shell as the doctor finds it; tests give another.</summary>
/// <param name="Environment">All variables.</param>
/// <param name="Home">The user's home.</param>
/// <param name="WorkingFolder">Where the doctor was started: project settings are those of this folder.</param>
internal sealed record Machine(IReadOnlyDictionary<string, string> Environment, string Home, string WorkingFolder)
{
    public static Machine Here { get; } = new(
        System.Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile, System.Environment.SpecialFolderOption.DoNotVerify),
        System.Environment.CurrentDirectory);

    /// <summary>The variable's value; null where it is not set or empty.</summary>
    public string? Variable(string name) => Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Folders of PATH, in order.</summary>
    public IReadOnlyList<string> Path => Folders(Variable("PATH"));

    public static IReadOnlyList<string> Folders(string? path) =>
        [.. (path ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary><c>~/.codex/config.toml</c> for a file below the home: shorter to read, and still a path for a shell.</summary>
    public string Short(string path) => path.StartsWith(Home + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) ? "~" + path[Home.Length..] : path;
}
