-- Log records link too: of a client whose spans are off they are all there is. TraceId may be empty: the row then only says that the run was active.
CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_run_traces_from_logs TO agentobs_run_traces AS
SELECT
    RunId,
    TraceId,
    min((if(startsWith(ScopeName, 'com.anthropic.claude_code'), 1, 2)::UInt8, Timestamp)) AS Claim,
    max(ServiceName) AS Agent,
    min(Timestamp) AS Start,
    max(Timestamp) AS End
FROM otel_logs
WHERE RunId != ''
GROUP BY RunId, TraceId
