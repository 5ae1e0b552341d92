namespace AgentObs.Query;

/// <summary>Ids of nodes that have one of their own besides their span's, so that they keep it whichever of span and log record comes first.</summary>
internal static class NodeIds
{
    public static string Session(string runId) => "session:" + runId;

    public static string Run(string runId) => "run:" + runId;

    public static string Call(string runId, string callId) => $"call:{runId}:{callId}";

    public static string Response(string runId, string responseId) => $"response:{runId}:{responseId}";

    public static string Subagent(string runId, string subagentId) => $"run:{runId}:{subagentId}";
}
