namespace AgentObs.Query;

/// <summary>The words of <see cref="SessionSummary.State"/>.</summary>
public static class SessionStates
{
    public const string Running = "running";
    public const string Waiting = "waiting";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Unknown = "unknown";

    public static readonly IReadOnlyList<string> All = [Running, Waiting, Done, Failed, Unknown];
}
