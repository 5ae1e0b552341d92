-- The inferred joins of a run.
SELECT TraceId FROM agentobs_run_traces WHERE RunId = {run:String} GROUP BY TraceId HAVING tupleElement(min(Claim), 1) = 5
