namespace AgentObs.Ingest.Forwarding;

/// <summary>What the target did with a request.</summary>
/// <param name="Outcome">Taken, not taken, or to be tried again.</param>
/// <param name="Message">What it said; empty where it took all.</param>
/// <param name="RetryAfter">How long it wants to be left alone; null: it did not say.</param>
/// <param name="IsOfBody">Refused for what the request holds: of several bodies in it the others may be good.</param>
internal readonly record struct ForwardResult(ForwardOutcome Outcome, string Message = "", TimeSpan? RetryAfter = null, bool IsOfBody = false);
