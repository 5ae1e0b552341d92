-- The clock that the rows of agentobs_session take their versions from.
SELECT toUInt64(toUnixTimestamp64Nano(now64(9)))
