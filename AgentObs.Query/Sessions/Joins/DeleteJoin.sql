-- An inferred join that several calls fit by now.
DELETE FROM agentobs_run_traces WHERE RunId = {run:String} AND TraceId = {trace:String} AND tupleElement(Claim, 1) = 5
