-- All that worked on some tasks, the session with the latest activity first.
SELECT
    SessionId, run.TaskId, run.Title, run.Url, run.NodeId, run.Agent, run.Grade, run.Evidence,
    run.TokInput, run.TokCacheRead, run.TokCacheWrite, run.TokOutput, run.TokReasoning, run.Errors, run.StartNano, run.DurationNano
FROM (SELECT SessionId, End, TaskRuns, NestedIn FROM agentobs_session FINAL WHERE hasAny(Tasks, {tasks:Array(String)}))
ARRAY JOIN TaskRuns AS run
WHERE NestedIn = '' AND run.TaskId IN {tasks:Array(String)}
ORDER BY End DESC, SessionId, run.StartNano, run.NodeId
