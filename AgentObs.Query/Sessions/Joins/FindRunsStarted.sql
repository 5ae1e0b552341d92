-- The runs of some services that began in a window.
SELECT RunId, toUnixTimestamp64Nano(min(Start)) AS Began
FROM agentobs_run_traces
WHERE RunId IN (
    SELECT RunId FROM agentobs_run_traces
    WHERE Agent IN {services:Array(String)} AND Start >= fromUnixTimestamp64Nano({from:Int64}) AND Start <= fromUnixTimestamp64Nano({to:Int64}))
GROUP BY RunId
HAVING Began >= {from:Int64} AND Began <= {to:Int64}
ORDER BY Began, RunId
LIMIT 50
