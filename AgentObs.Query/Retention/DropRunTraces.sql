DELETE FROM agentobs_run_traces
WHERE (TraceId != '' AND TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'dead trace'))
    OR (TraceId = '' AND RunId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'dead run'))
