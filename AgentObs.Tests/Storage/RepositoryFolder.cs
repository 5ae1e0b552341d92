namespace AgentObs.Tests.Storage;

/// <summary>The folder that this test run was built in.</summary>
internal static class RepositoryFolder
{
    internal static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "AgentObs.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository");
        }

        return folder.FullName;
    }
}
