-- Two hops at once: the runs asked for and every run seen in one of their traces, each with all its links.
-- The sets come as subqueries, so that both tables are read by their primary keys.
SELECT
    RunId, TraceId, tupleElement(min(Claim), 1), toUnixTimestamp64Nano(tupleElement(min(Claim), 2)), toString(max(Agent)),
    toUnixTimestamp64Nano(min(Start)), toUnixTimestamp64Nano(max(End))
FROM agentobs_run_traces
WHERE RunId IN (
    SELECT arrayJoin({runs:Array(String)})
    UNION ALL
    SELECT RunId
    FROM agentobs_trace_runs
    WHERE TraceId IN (
        SELECT arrayJoin({traces:Array(String)})
        UNION ALL
        SELECT TraceId FROM agentobs_run_traces WHERE RunId IN {runs:Array(String)} AND TraceId != ''))
GROUP BY RunId, TraceId
