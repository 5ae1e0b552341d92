DELETE FROM otel_traces WHERE TraceId IN {traces:Array(String)}
