-- The traces that stay of the sessions of which something goes: a stray among them may fit another session then.
SELECT DISTINCT Trace
FROM agentobs_session FINAL ARRAY JOIN TraceIds AS Trace
WHERE SessionId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'run')
    AND Trace NOT IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace')
