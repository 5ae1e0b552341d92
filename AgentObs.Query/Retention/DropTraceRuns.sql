DELETE FROM agentobs_trace_runs WHERE TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'dead trace')
