CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_trace_runs_mirror TO agentobs_trace_runs AS
SELECT RunId, TraceId, Claim, Agent, Start, End
FROM agentobs_run_traces
WHERE TraceId != ''
