-- A run whose starter handed it its trace parent (resource attribute agentobs.parent.traceparent, 00-<trace>-<span>-01) belongs with that trace,
-- although its own spans lie in others: Copilot CLI and most agents do not continue a trace. Rank 4: such a claim never owns a trace that has
-- spans of its own. Agent stays empty: the run's own links say what it is.
CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_run_traces_from_parents TO agentobs_run_traces AS
SELECT
    RunId,
    substring(ResourceAttributes['agentobs.parent.traceparent'], 4, 32) AS TraceId,
    min((4::UInt8, Timestamp)) AS Claim,
    '' AS Agent,
    min(Timestamp) AS Start,
    max(Timestamp) AS End
FROM otel_traces
WHERE RunId != '' AND length(ResourceAttributes['agentobs.parent.traceparent']) = 55
GROUP BY RunId, TraceId
