namespace AgentObs.Tests.Web;

/// <summary>The site's own source files, found from where the tests run.</summary>
internal static class WebSource
{
    public static string Folder { get; } = Path.Combine(Root(), "AgentObs.Web");

    /// <summary>Files with one of these endings; what is built or installed is left out.</summary>
    public static IReadOnlyList<string> Files(params string[] endings)
    {
        string[] files = [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(end => file.EndsWith(end, StringComparison.Ordinal)))
            .Where(file => !Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "out"))];
        Assert.NotEmpty(files);
        return files;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AgentObs.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("AgentObs.sln was not found above the tests: they check the site's source and run from the repository.");
    }
}
