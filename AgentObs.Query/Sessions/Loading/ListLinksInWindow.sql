-- The links of some services that touch a window: the runs that a stray trace of that time may come from.
SELECT
    RunId, TraceId, tupleElement(min(Claim), 1), toUnixTimestamp64Nano(tupleElement(min(Claim), 2)), toString(max(Agent)),
    toUnixTimestamp64Nano(min(Start)), toUnixTimestamp64Nano(max(End))
FROM agentobs_run_traces
WHERE TraceId != '' AND Agent IN {services:Array(String)}
GROUP BY RunId, TraceId
HAVING min(Start) <= fromUnixTimestamp64Nano({to:Int64}) AND max(End) >= fromUnixTimestamp64Nano({from:Int64})
