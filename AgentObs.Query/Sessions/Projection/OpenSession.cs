namespace AgentObs.Query;

/// <summary>A session that changed and is not projected yet.</summary>
/// <param name="Pass">Number of the pass that found the change.</param>
/// <param name="ReceivedFrom">Unix milliseconds: nothing of the change was received before.</param>
internal sealed record OpenSession(long Pass, long ReceivedFrom);
