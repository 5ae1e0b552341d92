-- The three links that a span can give in one view: to its own trace (010), to the trace of the one who started its program (017), and of its
-- launch (018). A view costs 15 to 30 ms of CPU a commit however few rows come, and its part another merge: one view instead of three takes a
-- quarter off a small commit. Here the view of 010 becomes the one; ranks as there.
ALTER TABLE agentobs_run_traces_from_spans MODIFY QUERY
SELECT
    tupleElement(link, 1) AS RunId,
    tupleElement(link, 2) AS TraceId,
    min((tupleElement(link, 3), Timestamp)) AS Claim,
    max(tupleElement(link, 4)) AS Agent,
    min(Timestamp) AS Start,
    max(tupleElement(link, 5)) AS End
FROM (
    SELECT
        Timestamp,
        arrayJoin(arrayFilter(l -> tupleElement(l, 1) != '', [
            (t.RunId, t.TraceId, multiIf(
                SpanName = 'claude_code.interaction' AND ParentSpanId = '', 0,
                startsWith(ScopeName, 'com.anthropic.claude_code'), 1,
                SpanName = 'agentobs.run', 3,
                startsWith(ServiceName, 'codex') OR startsWith(ScopeName, 'codex'), 2,
                ParentSpanId = '', 0,
                startsWith(t.RunId, 'trace:'), 3,
                2)::UInt8,
                ServiceName::String,
                greatest(Timestamp, Timestamp + toIntervalNanosecond(if(Duration > 4611686018427387904, 0, Duration)))),
            (if(length(ResourceAttributes['agentobs.parent.traceparent']) = 55, t.RunId, ''),
                substring(ResourceAttributes['agentobs.parent.traceparent'], 4, 32), 4::UInt8, '', Timestamp),
            (if(t.TraceId = '' OR launch = '', '', concat('launch:', launch)), t.TraceId, 4::UInt8, '', Timestamp)])) AS link,
        if(ResourceAttributes['agentobs.run.id'] != '', ResourceAttributes['agentobs.run.id'], SpanAttributes['agentobs.run.id']) AS launch
    FROM otel_traces AS t)
GROUP BY RunId, TraceId
