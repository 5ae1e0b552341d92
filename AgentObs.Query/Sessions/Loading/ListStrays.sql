-- Traces in which no run was ever seen, that started in a window, of some services. Rows are partial until they are merged: that a trace
-- has no run shows only on the whole.
SELECT TraceId, toString(max(ServiceName)) AS Service, max(InstanceId), toUnixTimestamp64Nano(min(Start)), toUnixTimestamp64Nano(max(End))
FROM agentobs_traces
WHERE TraceId IN (
    SELECT TraceId
    FROM agentobs_traces
    WHERE Start >= fromUnixTimestamp64Nano({from:Int64}) AND Start <= fromUnixTimestamp64Nano({to:Int64})
        AND RunId = '' AND ServiceName IN {services:Array(String)})
GROUP BY TraceId
HAVING max(RunId) = ''
