SELECT table, count()
FROM system.parts
WHERE active AND database = currentDatabase() AND table LIKE 'otel\_%'
GROUP BY table
ORDER BY count() DESC, table
