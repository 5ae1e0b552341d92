-- Sessions of which something was received then or later: what a listener missed while it was away.
SELECT SessionId, toUnixTimestamp64Milli(LastReceivedAt)
FROM agentobs_session FINAL
WHERE LastReceivedAt >= fromUnixTimestamp64Milli({since:Int64}) AND NestedIn = ''
ORDER BY LastReceivedAt DESC
LIMIT 10000
