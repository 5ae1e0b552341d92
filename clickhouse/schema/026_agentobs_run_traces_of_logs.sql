-- A launcher says when it starts a program (agentobs.run.started, with the ids of the span that it sends at the end): a run that still goes on, or whose
-- launcher was killed, is a session by that record, with the claims that its span makes in 023: to its own trace, and of its launch.
ALTER TABLE agentobs_run_traces_from_logs MODIFY QUERY
SELECT
    tupleElement(link, 1) AS RunId,
    tupleElement(link, 2) AS TraceId,
    min((tupleElement(link, 3), Timestamp)) AS Claim,
    max(tupleElement(link, 4)) AS Agent,
    min(Timestamp) AS Start,
    max(Timestamp) AS End
FROM (
    SELECT
        Timestamp,
        arrayJoin(arrayFilter(l -> tupleElement(l, 1) != '', [
            (t.RunId, t.TraceId, if(startsWith(ScopeName, 'com.anthropic.claude_code'), 1, 2)::UInt8, ServiceName::String),
            (if(started, concat('trace:', t.TraceId), ''), t.TraceId, 3::UInt8, ServiceName::String),
            (if(started, concat('launch:', ResourceAttributes['agentobs.run.id']), ''), t.TraceId, 4::UInt8, '')])) AS link,
        Event = 'agentobs.run.started' AND t.TraceId != '' AND ResourceAttributes['agentobs.run.id'] != '' AS started
    FROM otel_logs AS t)
GROUP BY RunId, TraceId
