namespace AgentObs.Cli.Doctor;

/// <summary>An agent whose telemetry was recorded.</summary>
/// <param name="Program">What is looked for on PATH.</param>
/// <param name="Client">Its name in <c>GET /api/clients</c>.</param>
/// <param name="Recorded">The version that docs/spec/doctor.md's facts were observed with.</param>
/// <param name="Package">Its npm package.</param>
/// <param name="Oldest">Older ones send no spans; null where none is known.</param>
internal sealed record KnownAgent(string Program, string Client, string Recorded, string Package, string? Oldest = null)
{
    public static readonly KnownAgent Claude = new("claude", "claude-code", "2.1.330", "@anthropic-ai/claude-code");
    public static readonly KnownAgent Codex = new("codex", "codex", "0.169.0", "@openai/codex");
    public static readonly KnownAgent Copilot = new("copilot", "github-copilot", "1.0.102", "@github/copilot");
    public static readonly KnownAgent Gemini = new("gemini", "gemini-cli", "0.61.0", "@google/gemini-cli");

    // 0.15, which npm picks on Node 20, has logs and metrics only.
    public static readonly KnownAgent Qwen = new("qwen", "qwen-code", "0.24.4", "@qwen-code/qwen-code", Oldest: "0.16.0");
    public static readonly KnownAgent Goose = new("goose", "goose", "1.52.0", "@aaif/goose");
    public static readonly KnownAgent OpenCode = new("opencode", "opencode", "1.18.33", "opencode-ai");

    public static readonly IReadOnlyList<KnownAgent> All = [Claude, Codex, Copilot, Gemini, Qwen, Goose, OpenCode];
}
