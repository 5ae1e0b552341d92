namespace AgentObs.Ingest.Wire;

/// <summary>The body, or what it expands to, is over a limit; the message names the limit in bytes.</summary>
/// <param name="limit">Name of the limit in <see cref="IngestLimits"/>.</param>
/// <param name="message">For the sender.</param>
internal sealed class OtlpTooLargeException(string limit, string message) : Exception(message)
{
    public string Limit { get; } = limit;
}
