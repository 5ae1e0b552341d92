SELECT sum(rows) FROM system.parts WHERE active AND database = currentDatabase() AND startsWith(table, 'otel_')
