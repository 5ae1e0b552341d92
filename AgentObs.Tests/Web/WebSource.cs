using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Web;

/// <summary>The site's own source files, found from where the tests run.</summary>
internal static class WebSource
{
    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "AgentObs.Web");

    /// <summary>Files with one of these endings; what is built or installed is left out.</summary>
    public static IReadOnlyList<string> Files(params string[] endings)
    {
        string[] files = [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(end => file.EndsWith(end, StringComparison.Ordinal)))
            .Where(file => !Path.GetRelativePath(Folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "out"))];
        Assert.NotEmpty(files);
        return files;
    }
}
