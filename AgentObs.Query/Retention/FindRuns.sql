-- The runs, and the sessions that show these traces without proof (strays), whose rows change.
INSERT INTO agentobs_retention_pending (Kind, RunId)
SELECT DISTINCT 'run', Run
FROM (
    SELECT RunId AS Run FROM agentobs_trace_runs WHERE TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace')
    UNION ALL
    SELECT SessionId AS Run FROM agentobs_session FINAL ARRAY JOIN TraceIds AS Trace
    WHERE Trace IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace'))
WHERE Run != ''
