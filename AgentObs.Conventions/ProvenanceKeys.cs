namespace AgentObs.Conventions;

/// <summary>Attribute keys that AgentObs itself stamps on telemetry.</summary>
public static class ProvenanceKeys
{
    public const string TaskId = "agentobs.task.id";
    public const string TaskTitle = "agentobs.task.title";
    public const string TaskUrl = "agentobs.task.url";
    public const string Role = "agentobs.role";
    public const string RunId = "agentobs.run.id";
}
