DELETE FROM agentobs_trace_runs WHERE TraceId = {trace:String} AND RunId = {run:String} AND tupleElement(Claim, 1) = 5
