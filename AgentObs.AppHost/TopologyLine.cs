using System.Reflection;

namespace AgentObs.AppHost;

/// <summary>The first line printed: which topology runs, why, and how to get the other one.</summary>
internal static class TopologyLine
{
    internal static string For(string topology, string other) =>
        $"AgentObs: topology '{topology}' ({Reason}). The other one: dotnet run --project AgentObs.AppHost -p:AgentObsTopology={other}";

    /// <summary>The topology is decided when this is built (Directory.Build.props), and so is the reason.</summary>
    private static string Reason =>
        Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "AgentObsTopologyReason")?.Value ?? "";
}
