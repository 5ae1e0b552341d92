namespace AgentObs.Tests.Repository;

/// <summary>The checkout the tests were built from, and the files in it that people wrote.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", ".git", "engine", "recordings", "TestData", "TestResults", "js"];

    internal static string Root { get; } = FindRoot();

    /// <summary>Recorded telemetry, a folder a run.</summary>
    internal static string Recordings => Path.Combine(Root, "recordings");

    /// <summary>What a stock collector's exporter really sent.</summary>
    internal static string Collector => Path.Combine(Root, "AgentObs.Tests", "TestData", "collector");

    internal static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    internal static IEnumerable<string> All(params string[] extensions) =>
        Walk(new DirectoryInfo(Root)).Where(path => extensions.Contains(Path.GetExtension(path)));

    private static IEnumerable<string> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => Path.GetRelativePath(Root, file.FullName))
            .Concat(folder.EnumerateDirectories().Where(child => !NotOurs.Contains(child.Name)).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentObs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No AgentObs.sln above {AppContext.BaseDirectory}.");
    }
}
