-- Of some traces those in which no run was ever seen.
SELECT TraceId, toString(max(ServiceName)) AS Service, max(InstanceId), toUnixTimestamp64Nano(min(Start)), toUnixTimestamp64Nano(max(End))
FROM agentobs_traces
WHERE TraceId IN {traces:Array(String)}
GROUP BY TraceId
HAVING max(RunId) = ''
