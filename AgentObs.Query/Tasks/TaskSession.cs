namespace AgentObs.Query;

/// <summary>What one session did for a task.</summary>
public sealed record TaskSession(string SessionId, TaskRun Run);
