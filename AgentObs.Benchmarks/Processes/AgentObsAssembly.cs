namespace AgentObs.Benchmarks.Processes;

/// <summary>The program that users start, built beside the benchmarks in the same configuration.</summary>
internal static class AgentObsAssembly
{
    internal static string Path { get; } = Find();

    // .../AgentObs.Benchmarks/bin/Release/net10.0/ beside .../AgentObs.Cli/bin/Release/net10.0/
    private static string Find()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = framework.Parent!;
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(
            configuration.FullName, "..", "..", "..", "AgentObs.Cli", "bin", configuration.Name, framework.Name, "agentobs.dll"));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: dotnet build -c {configuration.Name} AgentObs.Cli");
    }
}
