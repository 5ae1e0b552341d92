-- Runs of which nothing is left but the link (rank 4) with the trace that started them. A launched process (launch:<id>) has no other links.
INSERT INTO agentobs_retention_pending (Kind, RunId)
SELECT 'foreign run', RunId
FROM agentobs_run_traces
WHERE RunId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'run') AND NOT startsWith(RunId, 'launch:')
GROUP BY RunId
HAVING tupleElement(min(Claim), 1) = 4
