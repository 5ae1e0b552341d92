SELECT toUnixTimestamp64Milli(min(ReceivedAt)), count() FROM {table:Identifier}
