-- Two migrators at once may both record a file: one row each.
SELECT Id, any(Name) AS Name, any(Checksum) AS Checksum FROM agentobs_migrations GROUP BY Id ORDER BY Id
