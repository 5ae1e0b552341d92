SELECT toString(table), sum(rows), sum(bytes_on_disk) AS bytes, count()
FROM system.parts
WHERE active AND database = currentDatabase()
GROUP BY table
ORDER BY bytes DESC, table
