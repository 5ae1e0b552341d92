namespace AgentObs.Conventions;

/// <summary>Folders of this user that AgentObs writes to.</summary>
public static class DataHome
{
    /// <summary>XDG_DATA_HOME on Linux, Application Support on macOS, LocalAppData on Windows; each + <c>/agentobs</c>.</summary>
    public static string Default => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "agentobs");

    /// <returns>The whole path; the one that was set where it is relative to a folder that was removed: nothing can be read or written there.</returns>
    public static string Resolve(string configured)
    {
        var folder = configured.Length == 0 ? Default : configured;
        try
        {
            return Path.GetFullPath(folder);
        }
        catch (IOException)
        {
            return folder;
        }
    }
}
