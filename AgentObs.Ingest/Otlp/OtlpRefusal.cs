namespace AgentObs.Ingest.Otlp;

/// <summary>A request that is refused before it is a message.</summary>
/// <param name="outcome">By that its status.</param>
/// <param name="message">Says what was wrong and what to do.</param>
/// <param name="limit">Name of the limit in <see cref="IngestLimits"/>; empty where none is at fault.</param>
internal sealed class OtlpRefusal(OtlpOutcome outcome, string message, string limit = "") : Exception(message)
{
    public OtlpAnswer Answer { get; } = new(outcome, message) { Limit = limit };
}
