-- Which sessions some traces belong to, as last projected: strays that were assigned by time are among them.
SELECT trace, SessionId
FROM (SELECT SessionId, TraceIds, NestedIn FROM agentobs_session FINAL)
ARRAY JOIN arrayIntersect(TraceIds, {traces:Array(String)}) AS trace
WHERE NestedIn = '' AND hasAny(TraceIds, {traces:Array(String)})
