using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A stored span as the tree is built from it: one per (TraceId, SpanId), absent ids are empty strings.</summary>
internal sealed class SpanRow
{
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public required string ParentSpanId { get; init; }
    public required string Name { get; init; }

    /// <summary>The exporter's word: <c>Internal</c>, <c>Server</c>, <c>Client</c>, <c>Producer</c>, <c>Consumer</c>, <c>Unspecified</c>.</summary>
    public required string SpanKind { get; init; }
    public required string Service { get; init; }
    public required string Scope { get; init; }
    public required UnixNano Start { get; init; }
    public required long DurationNano { get; init; }

    /// <summary>The exporter's word: <c>Unset</c>, <c>Ok</c> or <c>Error</c>.</summary>
    public required string StatusCode { get; init; }
    public string StatusMessage { get; init; } = "";
    public required UnixNano ReceivedAt { get; init; }

    /// <summary>The agent's own id for the session or conversation (column RunId); <c>trace:...</c> for programs without one.</summary>
    public string RunId { get; init; } = "";
    public string TurnId { get; init; } = "";
    public string TaskId { get; init; } = "";

    /// <summary>Column TokenSource: 0 none, 1 one model response, 2 the sum of a codex turn.</summary>
    public int TokenSource { get; init; }
    public TokenCounts Tokens { get; init; } = TokenCounts.Zero;
    public bool IsError { get; init; }
    public AttributeMap Attributes { get; init; }
    public AttributeMap Resource { get; init; }
    public IReadOnlyList<SpanRowEvent> Events { get; init; } = [];
    public IReadOnlyList<SpanRowLink> Links { get; init; } = [];

    /// <summary>Made of the record of a start: the span itself was not received.</summary>
    public bool StartedOnly { get; init; }
    public UnixNano End => Start.Plus(DurationNano);
}
