-- A link stays as long as anything of its trace does: log records tell by it whose they are when the spans are gone.
INSERT INTO agentobs_retention_pending (Kind, TraceId)
SELECT 'dead trace', TraceId
FROM agentobs_retention_pending
WHERE Kind = 'trace'
    AND TraceId NOT IN (SELECT TraceId FROM otel_traces WHERE TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace'))
    AND TraceId NOT IN (SELECT TraceId FROM otel_logs WHERE TraceId IN (SELECT TraceId FROM agentobs_retention_pending WHERE Kind = 'trace'))
