using System.Reflection;

namespace AgentObs.Query;

/// <summary>The version that this assembly was built as, with the commit where it was built from one: <c>0.1.0+4719ee8...</c>.</summary>
public static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
