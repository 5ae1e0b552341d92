-- All that one launched process sent belongs together: the launcher's span and the telemetry of the agent it started carry the same
-- agentobs.run.id, also where that agent (interactive Claude) ignores the trace it was given. The pseudo run launch:<id> joins their traces; at
-- rank 4 it never owns one.
CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_run_traces_from_launcher TO agentobs_run_traces AS
SELECT
    concat('launch:', if(ResourceAttributes['agentobs.run.id'] != '', ResourceAttributes['agentobs.run.id'], SpanAttributes['agentobs.run.id'])) AS RunId,
    TraceId,
    min((4::UInt8, Timestamp)) AS Claim,
    '' AS Agent,
    min(Timestamp) AS Start,
    max(Timestamp) AS End
FROM otel_traces
WHERE TraceId != '' AND (ResourceAttributes['agentobs.run.id'] != '' OR SpanAttributes['agentobs.run.id'] != '')
GROUP BY RunId, TraceId
