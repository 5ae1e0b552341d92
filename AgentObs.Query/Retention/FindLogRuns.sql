-- Log records without a trace name their run alone.
INSERT INTO agentobs_retention_pending (Kind, RunId)
SELECT DISTINCT 'run', RunId FROM otel_logs WHERE TraceId = '' AND RunId != '' AND ReceivedAt < fromUnixTimestamp64Milli({cutoff:Int64})
