SELECT toString(table), mutation_id, latest_fail_reason
FROM system.mutations
WHERE database = currentDatabase() AND table IN {tables:Array(String)} AND NOT is_done AND NOT is_killed
