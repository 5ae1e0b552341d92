namespace AgentObs.Query;

/// <summary>Spans of a program that is no known agent: an orchestrator that starts agents, or what an agent's command traced of itself.</summary>
internal sealed class OtherProgram : AgentClient
{
    public override string Key => "program";

    public override string AgentOf(string service, bool conversation) => "sdk";

    public override int RootRank => 2;

    public override bool BorrowsRun => true;

    public override SpanReading Read(SpanRow span, SpanRule rule) => new()
    {
        Role = SpanRole.Span,
        RunId = OwnId(span),
        Name = span.Name,
        Failed = span.StatusCode == "Error",
        Error = span.StatusCode == "Error" ? span.StatusMessage : "",
    };
}
