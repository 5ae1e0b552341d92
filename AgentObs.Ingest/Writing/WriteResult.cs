namespace AgentObs.Ingest.Writing;

/// <summary>What became of one request's rows.</summary>
/// <param name="Outcome">What became of them.</param>
/// <param name="Message">What went wrong; empty when committed.</param>
internal sealed record WriteResult(WriteOutcome Outcome, string Message)
{
    public static readonly WriteResult Committed = new(WriteOutcome.Committed, "");
}
