namespace AgentObs.Query;

/// <summary>Recognises the client of a span or log record: by its scope's name first, then by its service's. One instance serves one build.</summary>
internal sealed class ClientCatalog
{
    private static readonly ClaudeCode Claude = new();
    private static readonly Codex Codex = new();
    private static readonly Launcher Launcher = new();
    private static readonly GenAi GenAi = new();
    private static readonly OtherProgram Other = new();

    private readonly Dictionary<(string Scope, string Service), AgentClient?> _known = [];
    private readonly Dictionary<AgentClient, SpanRules> _rules = [];

    public static IReadOnlyList<AgentClient> All { get; } = [Claude, Codex, Launcher, GenAi, Other];

    public (AgentClient Client, SpanReading Reading) Read(SpanRow span)
    {
        var client = (span.Name == Launcher.SpanName ? Launcher : Known(span.Scope, span.Service))
            ?? (span.Attributes.Has("gen_ai.operation.name") || span.Attributes.Has("openinference.span.kind") ? (AgentClient)GenAi : Other);
        if (!_rules.TryGetValue(client, out var rules))
        {
            rules = new SpanRules(client.Key);
            _rules.Add(client, rules);
        }

        return (client, client.Read(span, rules.Match(span)));
    }

    public (AgentClient Client, LogReading Reading) Read(LogRow log)
    {
        var client = Known(log.Scope, log.Service) ?? (AgentClient)Other;
        return (client, client.Read(log));
    }

    /// <summary>Null where only a span's own attributes tell.</summary>
    private AgentClient? Known(string scope, string service)
    {
        if (_known.TryGetValue((scope, service), out var client))
        {
            return client;
        }

        client = ByName(scope) ?? ByName(service);
        _known.Add((scope, service), client);
        return client;
    }

    private static AgentClient? ByName(string name) =>
        name.StartsWith("com.anthropic.claude_code", StringComparison.Ordinal) || name == "claude-code" ? Claude
        : name.StartsWith("codex", StringComparison.Ordinal) ? Codex
        : name.StartsWith("github.copilot", StringComparison.Ordinal) || name == "github-copilot" ? GenAi
        : null;
}
