SELECT toString(Signal), toString(Reason), toUnixTimestamp64Milli(Cutoff), toUnixTimestamp64Milli(At)
FROM agentobs_retention_pending
WHERE Kind = 'drop'
