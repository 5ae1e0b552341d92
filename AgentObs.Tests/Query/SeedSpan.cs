namespace AgentObs.Tests.Query;

/// <summary>A span for a test's table. Attributes are pairs, so that a key may occur twice.</summary>
internal sealed record SeedSpan(string TraceId, string SpanId, string Name, long Start)
{
    public string Parent { get; init; } = "";
    public long Duration { get; init; } = 1_000_000;
    public string Service { get; init; } = "claude-code";
    public string Scope { get; init; } = "com.anthropic.claude_code.tracing";
    public string Status { get; init; } = "Unset";
    public string[] Keys { get; init; } = [];
    public string[] Values { get; init; } = [];
    public long ReceivedAt { get; init; }
    public string[] ResourceKeys { get; init; } = [];
    public string[] ResourceValues { get; init; } = [];

    public SeedSpan On(params (string Key, string Value)[] resource) =>
        this with { ResourceKeys = [.. resource.Select(pair => pair.Key)], ResourceValues = [.. resource.Select(pair => pair.Value)] };

    public SeedSpan With(params (string Key, string Value)[] attributes) =>
        this with { Keys = [.. attributes.Select(pair => pair.Key)], Values = [.. attributes.Select(pair => pair.Value)] };

    /// <summary>A Claude prompt's root span.</summary>
    public static SeedSpan Prompt(string trace, string span, string session, long start, string prompt = "do it", string parent = "") =>
        new SeedSpan(trace, span, "claude_code.interaction", start) { Parent = parent }.With(("session.id", session), ("user_prompt", prompt));

    /// <summary>A codex span with a conversation.</summary>
    public static SeedSpan Codex(string trace, string span, string conversation, long start, string parent = "", string name = "codex.exec") =>
        new SeedSpan(trace, span, name, start) { Parent = parent, Service = "codex_exec", Scope = "codex_exec" }.With(("thread.id", "7"), ("thread.id", conversation));

    /// <summary>A codex runtime span without any id.</summary>
    public static SeedSpan Stray(string trace, string span, long start) =>
        new(trace, span, "auth", start) { Service = "codex_exec", Scope = "codex_exec" };
}
