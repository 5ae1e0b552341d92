using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A stored log record as the tree is built from it: one per LogId, absent ids are empty strings.</summary>
internal sealed class LogRow
{
    public required ulong LogId { get; init; }
    public required UnixNano Time { get; init; }
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }

    /// <summary>W3C trace flags: bit 0 says that the trace is sampled, so that spans of it are sent.</summary>
    public int TraceFlags { get; init; }
    public required string Service { get; init; }
    public required string Scope { get; init; }

    /// <summary>Column Event: attribute <c>event.name</c> (<c>tool_decision</c>, <c>codex.tool_result</c>), else the record's event name.</summary>
    public required string Event { get; init; }
    public string RunId { get; init; } = "";
    public string Body { get; init; } = "";
    public int SeverityNumber { get; init; }
    public required UnixNano ReceivedAt { get; init; }

    /// <summary>Column TokenSource: 0 none, 3 a codex.sse_event that carries a model response's tokens.</summary>
    public int TokenSource { get; init; }
    public TokenCounts Tokens { get; init; } = TokenCounts.Zero;
    public AttributeMap Attributes { get; init; }
    public AttributeMap Resource { get; init; }
}
