namespace AgentObs.Conventions;

/// <summary>Folders of this user that AgentObs writes to.</summary>
public static class DataHome
{
    /// <summary>XDG_DATA_HOME on Linux, Application Support on macOS, LocalAppData on Windows; each + <c>/agentobs</c>.</summary>
    public static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "agentobs");

    public static string Resolve(string configured) => Path.GetFullPath(configured.Length == 0 ? Default : configured);
}
