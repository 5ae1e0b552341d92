using AgentObs.Tests.Repository;

namespace AgentObs.Tests.RealClients;

/// <summary>
/// Claude Code and Codex as npm installs them (<c>real-clients/package-lock.json</c>). Off unless <c>make real-clients</c> runs it: the two are 770 MB,
/// and they are started only where nothing but loopback can be reached.
/// </summary>
internal static class RealClients
{
    public const string Off = "Runs the npm builds of Claude Code and Codex: make real-clients";

    public const string ClaudeVersion = "2.1.330";
    public const string CodexVersion = "0.169.0";

    public static bool AreOn { get; } = Environment.GetEnvironmentVariable("AGENTOBS_REAL_CLIENTS") == "1";

    /// <summary>Where npm puts the commands <c>claude</c> and <c>codex</c>.</summary>
    public static string CommandFolder { get; } = Path.Combine(RepositoryFiles.Root, "real-clients", "node_modules", ".bin");
}
