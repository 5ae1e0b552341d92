-- Nothing in an insert-time view may throw: one that does stops all ingest.
-- Ranks of a claim: 0 = what a person started, seen by its root (a Claude prompt without a parent, the root of a program that is no codex);
-- 1 = Claude within something else; 2 = any other run with an id; 3 = a launcher, or a program's span without an id below some root.
-- A span that ends before it starts, or never, counts as a point in time.
CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_run_traces_from_spans TO agentobs_run_traces AS
SELECT
    RunId,
    TraceId,
    min((multiIf(
        SpanName = 'claude_code.interaction' AND ParentSpanId = '', 0,
        startsWith(ScopeName, 'com.anthropic.claude_code'), 1,
        SpanName = 'agentobs.run', 3,
        startsWith(ServiceName, 'codex') OR startsWith(ScopeName, 'codex'), 2,
        ParentSpanId = '', 0,
        startsWith(RunId, 'trace:'), 3,
        2)::UInt8, Timestamp)) AS Claim,
    max(ServiceName) AS Agent,
    min(Timestamp) AS Start,
    max(greatest(Timestamp, Timestamp + toIntervalNanosecond(if(Duration > 4611686018427387904, 0, Duration)))) AS End
FROM otel_traces
WHERE RunId != ''
GROUP BY RunId, TraceId
