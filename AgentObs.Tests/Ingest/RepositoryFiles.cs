namespace AgentObs.Tests.Ingest;

/// <summary>Recorded files of the repository.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    public static string Recordings => Path.Combine(Root, "recordings");

    public static string Collector => Path.Combine(Root, "AgentObs.Tests", "TestData", "collector");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AgentObs.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("AgentObs.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
