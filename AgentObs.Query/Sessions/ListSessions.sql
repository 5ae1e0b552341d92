-- One page of outermost sessions, newest activity first, or one session by its id. The state is that of {now}: see CurrentState.
SELECT
    SessionId, toString(Agent), Title, toUnixTimestamp64Nano(Start), toUnixTimestamp64Nano(End),
    multiIf(
        OpenDecisionAt > 0 AND Now - OpenDecisionAt >= {waitingAfter:Int64} AND Now - OpenDecisionAt < {waitingUntil:Int64}, 'waiting',
        RootOpen AND Now - LastReceivedAt <= {runningFor:Int64}, 'running',
        LastTurn) AS State,
    Turns, AgentRuns, Spans, Errors, TokInput, TokCacheRead, TokCacheWrite, TokOutput, TokReasoning,
    Tasks, Repository, Branch, Completeness, TraceIds
FROM (
    SELECT * REPLACE (
        toString(LastTurn) AS LastTurn, toUnixTimestamp64Milli(LastReceivedAt) AS LastReceivedAt, toUnixTimestamp64Milli(OpenDecisionAt) AS OpenDecisionAt),
        {now:Int64} AS Now
    FROM agentobs_session FINAL
    WHERE {id:String} = '' OR SessionId = {id:String}
)
WHERE NestedIn = ''
    AND End >= fromUnixTimestamp64Nano({from:Int64}) AND Start <= fromUnixTimestamp64Nano({to:Int64})
    AND ({beforeId:String} = '' OR End < fromUnixTimestamp64Nano({beforeTime:Int64})
        OR (End = fromUnixTimestamp64Nano({beforeTime:Int64}) AND SessionId < {beforeId:String}))
    AND ({agent:String} = '' OR Agent = {agent:String})
    AND ({task:String} = '' OR has(Tasks, {task:String}))
    AND ({state:String} = '' OR State = {state:String})
    AND ({q:String} = '' OR positionCaseInsensitiveUTF8(Title, {q:String}) > 0
        OR positionCaseInsensitiveUTF8(concat(SessionId, ' ', Repository, ' ', Branch, ' ', arrayStringConcat(Tasks, ' ')), {q:String}) > 0)
ORDER BY End DESC, SessionId DESC
LIMIT {take:UInt32}
