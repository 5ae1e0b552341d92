SELECT count(), toUnixTimestamp64Milli(min(ReceivedAt)), toUnixTimestamp64Milli(max(ReceivedAt))
FROM {table:Identifier}
WHERE ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64})
