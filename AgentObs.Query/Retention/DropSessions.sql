-- Rows that were not written again since are of sessions of which nothing is left.
DELETE FROM agentobs_session
WHERE Version < {version:UInt64} AND SessionId IN (SELECT RunId FROM agentobs_retention_pending WHERE Kind = 'run')
