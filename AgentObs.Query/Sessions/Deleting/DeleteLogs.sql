DELETE FROM otel_logs WHERE RunId IN {runs:Array(String)} OR TraceId IN {traces:Array(String)}
