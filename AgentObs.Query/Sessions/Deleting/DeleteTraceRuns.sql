DELETE FROM agentobs_trace_runs WHERE TraceId IN {traces:Array(String)}
