-- What a drop that broke off found: more may have arrived since.
DELETE FROM agentobs_retention_pending WHERE Kind IN ('dead trace', 'dead run', 'foreign run')
