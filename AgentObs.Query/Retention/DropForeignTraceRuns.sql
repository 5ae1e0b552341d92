DELETE FROM agentobs_trace_runs WHERE RunId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'foreign run')
