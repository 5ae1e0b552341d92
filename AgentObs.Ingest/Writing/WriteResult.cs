namespace AgentObs.Ingest.Writing;

/// <summary>What became of one request's rows.</summary>
/// <param name="Outcome">What became of them.</param>
/// <param name="Message">What went wrong; empty when committed.</param>
internal sealed record WriteResult(WriteOutcome Outcome, string Message)
{
    /// <summary>Name of the limit that was met; empty where none was.</summary>
    public string Limit { get; init; } = "";

    public static readonly WriteResult Committed = new(WriteOutcome.Committed, "");
}
