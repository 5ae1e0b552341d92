-- Runs without log records that name no trace.
INSERT INTO agentobs_retention_pending (Kind, RunId)
SELECT 'dead run', RunId
FROM agentobs_retention_pending
WHERE Kind = 'run' AND RunId NOT IN (
    SELECT RunId FROM otel_logs WHERE TraceId = '' AND RunId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'run'))
