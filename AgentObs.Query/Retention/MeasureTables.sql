SELECT toString(table), sum(rows), sum(bytes_on_disk)
FROM system.parts
WHERE active AND database = currentDatabase() AND table IN {tables:Array(String)}
GROUP BY table
