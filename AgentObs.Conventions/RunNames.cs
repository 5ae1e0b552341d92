namespace AgentObs.Conventions;

/// <summary>Names that the launcher writes and Query reads.</summary>
public static class RunNames
{
    /// <summary>The launcher's span.</summary>
    public const string Span = "agentobs.run";

    /// <summary>The log record that is sent when the child starts: trace and span id and attributes are the later span's.</summary>
    public const string StartedEvent = "agentobs.run.started";

    /// <summary>On the record: the later span's parent; empty where it has none.</summary>
    public const string ParentSpanId = "agentobs.run.parent_span_id";

    public const string ExitCode = "process.exit.code";
}
