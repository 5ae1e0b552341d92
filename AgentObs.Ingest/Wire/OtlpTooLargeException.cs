namespace AgentObs.Ingest.Wire;

/// <summary>The body, or what it expands to, is over a limit; the message names the limit in bytes.</summary>
internal sealed class OtlpTooLargeException(string message) : Exception(message);
