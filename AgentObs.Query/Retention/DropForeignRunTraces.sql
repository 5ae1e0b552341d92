DELETE FROM agentobs_run_traces WHERE RunId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'foreign run')
