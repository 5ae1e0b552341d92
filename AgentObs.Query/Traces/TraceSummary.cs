using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>One line of the trace list.</summary>
/// <param name="Name">Name of the root span; of the earliest span where the root was not received.</param>
/// <param name="Services">Every <c>service.name</c> in it, sorted.</param>
/// <param name="SessionId">The outermost session it belongs to; null for a trace of none.</param>
public sealed record TraceSummary(
    string TraceId,
    string Name,
    IReadOnlyList<string> Services,
    UnixNano Start,
    UnixNano End,
    long DurationNano,
    int Spans,
    int Errors,
    string? SessionId);
