namespace AgentObs.Tests.Repository;

/// <summary>Assemblies of this solution as the same build that made the tests left them.</summary>
internal static class BuiltProgram
{
    /// <summary><c>BuiltProgram.Path("AgentObs.Cli", "agentobs.dll")</c> is <c>AgentObs.Cli/bin/Debug/net10.0/agentobs.dll</c>.</summary>
    internal static string Path(string project, string assembly)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        return System.IO.Path.Combine(RepositoryFiles.Root, project, "bin", framework.Parent!.Name, framework.Name, assembly);
    }
}
