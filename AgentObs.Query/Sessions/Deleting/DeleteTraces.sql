DELETE FROM agentobs_traces WHERE TraceId IN {traces:Array(String)}
