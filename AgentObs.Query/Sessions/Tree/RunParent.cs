namespace AgentObs.Query;

/// <summary>What a run hangs under and why.</summary>
/// <param name="Span">Index of a span of another run; -1 where it is none.</param>
/// <param name="Missing">The span of another process that was named and not received.</param>
/// <param name="Run">Another run as such, where nothing inside it is known to be the caller.</param>
/// <param name="Call">A tool call that is known from logs alone.</param>
/// <param name="HandedOver">The caller itself gave its ids to the run: nothing better can be found.</param>
internal sealed record RunParent(
    string Grade,
    IReadOnlyList<string> Evidence,
    int Span = -1,
    MissingSpan? Missing = null,
    AgentRun? Run = null,
    ToolFacts? Call = null,
    bool HandedOver = false);
