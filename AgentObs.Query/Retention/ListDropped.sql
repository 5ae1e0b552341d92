SELECT toUnixTimestamp64Milli(At), toString(Signal), toString(Reason), Rows, Bytes, toUnixTimestamp64Milli(Oldest), toUnixTimestamp64Milli(Newest)
FROM agentobs_retention
ORDER BY At DESC, Signal, Reason
LIMIT {limit:UInt32}
