using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A row of agentobs_session as it is written: names and order are those of the tuple in WriteSessions.sql.</summary>
internal sealed record SessionRow
{
    public required string SessionId { get; init; }
    public string Agent { get; init; } = "";
    public string Title { get; init; } = "";
    public long Start { get; init; }
    public long End { get; init; }
    public int Turns { get; init; }
    public int AgentRuns { get; init; }
    public int Spans { get; init; }
    public int Errors { get; init; }
    public long TokInput { get; init; }
    public long TokCacheRead { get; init; }
    public long TokCacheWrite { get; init; }
    public long TokOutput { get; init; }
    public long TokReasoning { get; init; }
    public IReadOnlyList<string> Tasks { get; init; } = [];
    public IReadOnlyList<TaskRunRow> TaskRuns { get; init; } = [];
    public string Repository { get; init; } = "";
    public string Branch { get; init; } = "";
    public double Completeness { get; init; } = 1;
    public IReadOnlyList<string> TraceIds { get; init; } = [];
    public IReadOnlyList<string> RunIds { get; init; } = [];
    public string LastTurn { get; init; } = SessionStates.Unknown;
    public bool RootOpen { get; init; }
    public long LastReceivedAt { get; init; }

    /// <summary>0 where no decision is open.</summary>
    public long OpenDecisionAt { get; init; }

    /// <summary>The session that the run belongs to; empty for a session of its own.</summary>
    public string NestedIn { get; init; } = "";

    /// <summary>Everything received before then (Unix milliseconds) was projected when this was written: where a new process goes on.</summary>
    public long ProjectedTo { get; init; }

    /// <summary>To be raised where what a row says changes for telemetry that was projected already: everything is projected anew then.</summary>
    public const int CurrentRules = 1;

    public int Rules { get; init; } = CurrentRules;

    public static SessionRow Of(BuiltSession built, long projectedTo)
    {
        var session = built.Session;
        return new SessionRow
        {
            SessionId = session.Id,
            Agent = session.Agent,
            Title = session.Title,
            Start = session.Start.Value,
            End = session.End.Value,
            Turns = session.Turns,
            AgentRuns = session.AgentRuns,
            Spans = session.Spans,
            Errors = session.Errors,
            TokInput = session.Tokens.Input,
            TokCacheRead = session.Tokens.CacheRead,
            TokCacheWrite = session.Tokens.CacheWrite,
            TokOutput = session.Tokens.Output,
            TokReasoning = session.Tokens.Reasoning,
            Tasks = session.Tasks,
            TaskRuns = [.. built.Tasks.Select(TaskRunRow.Of)],
            Repository = session.Repository ?? "",
            Branch = session.Branch ?? "",
            Completeness = session.Completeness,
            TraceIds = session.TraceIds,
            RunIds = built.RunIds,
            LastTurn = built.State.LastTurn,
            RootOpen = built.State.RootOpen,
            LastReceivedAt = Milliseconds(built.State.LastReceivedAt),
            OpenDecisionAt = built.State.OpenDecisionAt is { } at ? Milliseconds(at) : 0,
            ProjectedTo = projectedTo,
        };
    }

    private static long Milliseconds(UnixNano time) => time.Value / 1_000_000;
}
