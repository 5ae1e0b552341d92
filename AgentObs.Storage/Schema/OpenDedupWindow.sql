-- The same length as in clickhouse/schema.
ALTER TABLE {table:Identifier} MODIFY SETTING non_replicated_deduplication_window = 1000
