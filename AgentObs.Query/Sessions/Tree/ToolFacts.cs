using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>All that spans and logs say about one tool call, by its call id.</summary>
internal sealed class ToolFacts(string runId, string callId)
{
    public string RunId { get; } = runId;
    public string CallId { get; } = callId;

    /// <summary>Index of the tool call's own span; -1 where it was not received.</summary>
    public int Span { get; set; } = -1;

    /// <summary>A span inside the call, where its own was not received.</summary>
    public int Inner { get; set; } = -1;

    /// <summary>The span its log records name; empty where they name none.</summary>
    public SpanKey LogSpan { get; set; } = new("", "");

    /// <summary>The trace of its log records; empty where they name none.</summary>
    public string LogTrace { get; set; } = "";

    /// <summary>A log record of it says that its trace is sampled: a span of it comes, or came.</summary>
    public bool Sampled { get; set; }
    public string Name { get; set; } = "";
    public string Detail { get; set; } = "";
    public string Command { get; set; } = "";
    public string SubagentId { get; set; } = "";
    public string TurnId { get; set; } = "";
    public string ResponseId { get; set; } = "";
    public bool Decided { get; set; }
    public bool Ended { get; set; }
    public bool Failed { get; set; }
    public bool Succeeded { get; set; }
    public string Error { get; set; } = "";
    public int? ExitCode { get; set; }
    public UnixNano Start { get; set; } = new(long.MaxValue);
    public UnixNano End { get; set; } = new(long.MinValue);
    public DraftNode? Node { get; set; }
}
