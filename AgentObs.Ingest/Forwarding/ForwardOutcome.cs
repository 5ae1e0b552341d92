namespace AgentObs.Ingest.Forwarding;

internal enum ForwardOutcome
{
    Sent,

    /// <summary>The target is away, busy or slow: the same request later.</summary>
    TryAgain,

    /// <summary>It does not want this request, ever.</summary>
    Refused,
}
