using System.Reflection;

namespace AgentObs.Sdk;

internal static class ProgramName
{
    /// <summary>The assembly that has Main: <c>dotnet</c> runs many programs.</summary>
    public static string OfThisProcess { get; } =
        Assembly.GetEntryAssembly()?.GetName().Name ?? Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "dotnet";
}
