ALTER TABLE {table:Identifier} DELETE WHERE ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64}) SETTINGS mutations_sync = 0
