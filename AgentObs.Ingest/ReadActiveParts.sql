SELECT table, count() FROM system.parts WHERE active AND database = currentDatabase() GROUP BY table
