SELECT DISTINCT RunId FROM agentobs_retention_pending WHERE Kind = 'run'
