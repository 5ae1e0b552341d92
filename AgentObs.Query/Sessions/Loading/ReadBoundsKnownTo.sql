-- Up to which receipt the bounds of some traces are known: an insert's rows show before those that its views make of them.
SELECT TraceId, toUnixTimestamp64Milli(max(ReceivedAt))
FROM agentobs_traces
WHERE TraceId IN {traces:Array(String)}
GROUP BY TraceId
