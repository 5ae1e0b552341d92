namespace AgentObs.Query;

/// <summary>What a client's file knows about one log record. Absent texts are empty.</summary>
internal sealed class LogReading
{
    public static readonly LogReading Nothing = new();

    public LogRole Role { get; init; }
    public string RunId { get; init; } = "";
    public string TurnId { get; init; } = "";
    public string CallId { get; init; } = "";
    public string ResponseId { get; init; } = "";
    public string SubagentId { get; init; } = "";
    public string Name { get; init; } = "";
    public string Detail { get; init; } = "";
    public string Command { get; init; } = "";
    public string Model { get; init; } = "";
    public string Error { get; init; } = "";
    public bool Failed { get; init; }
    public bool Succeeded { get; init; }
    public bool NoTurn { get; init; }
    public string NotifiedCallId { get; init; } = "";

    /// <summary>The client traces nothing, or this trace was not sampled: no span of it is to come.</summary>
    public bool SpansOff { get; init; }

    /// <summary>The client's own time of the event as it wrote it: a span that repeats the event has the same.</summary>
    public string Stamp { get; init; } = "";
    public int? ExitCode { get; init; }
    public long DurationNano { get; init; }
    public TokenCounts? Tokens { get; init; }

    /// <summary>The record's number in its process, from 0; -1 where the client does not count.</summary>
    public long Sequence { get; init; } = -1;
}
