namespace AgentObs.Query;

/// <summary>What a client's file knows about one span. Absent texts are empty.</summary>
internal sealed class SpanReading
{
    public static readonly SpanReading Folded = new();

    public SpanRole Role { get; init; } = SpanRole.Fold;

    /// <summary>The first span of its kind in a process or thread: it never takes its run from the span above it.</summary>
    public bool Boundary { get; init; }

    /// <summary>The span whose own times and id stand for its run's node.</summary>
    public bool Primary { get; init; }

    /// <summary>A kind of span that does not say which run it belongs to and is no run's beginning by itself.</summary>
    public string RunId { get; init; } = "";
    public string TurnId { get; init; } = "";
    public string CallId { get; init; } = "";
    public string ResponseId { get; init; } = "";

    /// <summary>The subagent inside the run, for clients whose subagents share the run's id.</summary>
    public string SubagentId { get; init; } = "";
    public string Name { get; init; } = "";
    public string Detail { get; init; } = "";

    /// <summary>The whole command of a shell tool: it is searched for agents that it starts.</summary>
    public string Command { get; init; } = "";
    public string Folder { get; init; } = "";
    public string Model { get; init; } = "";
    public string Prompt { get; init; } = "";

    /// <summary>The tool call that a notification turn reports about.</summary>
    public string NotifiedCallId { get; init; } = "";

    /// <summary>True on a turn that no person asked for: its spans hang where they belong.</summary>
    public bool NoTurn { get; init; }
    public bool Succeeded { get; init; }
    public bool Failed { get; init; }
    public string Error { get; init; } = "";

    /// <summary>Of a failed request the client's own time of the event: the log record of the same failure has the same.</summary>
    public string Stamp { get; init; } = "";
    public int? ExitCode { get; init; }
    public TokenCounts? Tokens { get; init; }

    /// <summary>The sum that a turn reports over its responses.</summary>
    public TokenCounts? TurnTokens { get; init; }

    /// <summary>A model response that asks for a tool: a decision follows.</summary>
    public bool AsksForTool { get; init; }

    /// <summary>What the span above this one is where it was not received.</summary>
    public SpanRole ParentRole { get; init; } = SpanRole.Fold;

    /// <summary>Counts the prompts of a process: 1 is a new process.</summary>
    public int PromptNumber { get; init; }
}
