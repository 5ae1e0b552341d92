-- A window of 0 drops what the table remembers of its last inserts.
ALTER TABLE {table:Identifier} MODIFY SETTING non_replicated_deduplication_window = 0
