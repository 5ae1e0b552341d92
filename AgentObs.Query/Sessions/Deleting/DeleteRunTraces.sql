DELETE FROM agentobs_run_traces WHERE TraceId IN {traces:Array(String)} OR (TraceId = '' AND RunId IN {runs:Array(String)})
