-- Rows come as one JSON array, so that one insert (one part) writes a whole batch.
INSERT INTO agentobs_session (
    SessionId, Agent, Title, Start, End, Turns, AgentRuns, Spans, Errors,
    TokInput, TokCacheRead, TokCacheWrite, TokOutput, TokReasoning, Tasks, TaskRuns, Repository, Branch, Completeness, TraceIds, RunIds,
    LastTurn, RootOpen, LastReceivedAt, OpenDecisionAt, NestedIn, ProjectedTo, Rules)
SELECT
    r.SessionId, r.Agent, r.Title, fromUnixTimestamp64Nano(r.Start), fromUnixTimestamp64Nano(r.End), r.Turns, r.AgentRuns, r.Spans, r.Errors,
    r.TokInput, r.TokCacheRead, r.TokCacheWrite, r.TokOutput, r.TokReasoning, r.Tasks, r.TaskRuns, r.Repository, r.Branch, r.Completeness, r.TraceIds, r.RunIds,
    r.LastTurn, r.RootOpen, fromUnixTimestamp64Milli(r.LastReceivedAt), fromUnixTimestamp64Milli(r.OpenDecisionAt), r.NestedIn,
    fromUnixTimestamp64Milli(r.ProjectedTo), r.Rules
FROM (
    SELECT arrayJoin(JSONExtract({rows:String}, 'Array(Tuple(
        SessionId String, Agent String, Title String, Start Int64, End Int64, Turns UInt32, AgentRuns UInt32, Spans UInt32, Errors UInt32,
        TokInput UInt64, TokCacheRead UInt64, TokCacheWrite UInt64, TokOutput UInt64, TokReasoning UInt64, Tasks Array(String),
        TaskRuns Array(Tuple(TaskId String, Title String, Url String, NodeId String, Agent String, Grade String, Evidence String,
            TokInput UInt64, TokCacheRead UInt64, TokCacheWrite UInt64, TokOutput UInt64, TokReasoning UInt64, Errors UInt32, StartNano Int64, DurationNano Int64)),
        Repository String, Branch String, Completeness Float64, TraceIds Array(String), RunIds Array(String),
        LastTurn String, RootOpen Bool, LastReceivedAt Int64, OpenDecisionAt Int64, NestedIn String, ProjectedTo Int64, Rules UInt16))')) AS r)
