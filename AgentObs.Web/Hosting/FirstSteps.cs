using AgentObs.Conventions;

namespace AgentObs.Web;

/// <summary>What the empty page tells a newcomer to type: the sample files of <c>config/</c> with the address of this AgentObs.</summary>
/// <param name="OtlpGrpc">Where agents send to: <c>http://127.0.0.1:4317</c>.</param>
/// <param name="Demo">The command that loads the recorded session, as this program is started here.</param>
/// <param name="Setup">The command that tells the agents to send here, likewise.</param>
public sealed record FirstSteps(string OtlpGrpc, string Demo, string Setup)
{
    private static readonly string Claude = Read("settings.json");
    private static readonly string Codex = Read("config.toml");

    /// <summary>Of a host that does not know better: the default port.</summary>
    public static readonly FirstSteps Default = new(Setting.OtlpGrpcUrl.Default, "agentobs demo", "agentobs setup");

    /// <summary>To merge into <c>~/.claude/settings.json</c>.</summary>
    public string ClaudeSettings => Here(Claude);

    /// <summary>To append to <c>~/.codex/config.toml</c>, without the sample's comments.</summary>
    public string CodexSettings => Here(string.Join('\n', Codex.Split('\n').Where(line => !line.StartsWith('#'))));

    private string Here(string sample) => sample.Replace(Setting.OtlpGrpcUrl.Default, OtlpGrpc, StringComparison.Ordinal).Trim();

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(FirstSteps).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
