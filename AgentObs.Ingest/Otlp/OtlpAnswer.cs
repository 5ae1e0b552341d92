namespace AgentObs.Ingest.Otlp;

/// <summary>The answer to an Export request, before it has a transport and an encoding.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">Names the field and place; empty when all is well.</param>
/// <param name="Rejected">Records of a stored request that were not stored.</param>
internal sealed record OtlpAnswer(OtlpOutcome Outcome, string Message = "", int Rejected = 0)
{
    /// <summary>Name of the limit that was met (<see cref="IngestLimits"/>); empty where none was.</summary>
    public string Limit { get; init; } = "";

    public static readonly OtlpAnswer Stored = new(OtlpOutcome.Stored);
}
