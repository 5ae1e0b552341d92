-- One page of traces, newest start first: ids and bounds alone, their numbers come from DescribeTraces.sql.
-- Rows of agentobs_traces are partial until they are merged. The upper bound may be tested on partial rows, since the smallest Start is at
-- or below it exactly when some partial Start is; the lower one only on the whole.
-- A filter that is absent makes its subquery empty before anything is read.
SELECT TraceId, toUnixTimestamp64Nano(min(Start) AS Begin), toUnixTimestamp64Nano(max(End))
FROM agentobs_traces
WHERE Start <= fromUnixTimestamp64Nano({to:Int64}) AND Start <= fromUnixTimestamp64Nano({beforeTime:Int64})
    AND ({service:String} = '' OR TraceId IN (
        SELECT TraceId
        FROM otel_traces
        WHERE {service:String} != '' AND Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND ServiceName = {service:String}))
    AND (NOT {errors:Bool} OR TraceId IN (
        SELECT TraceId
        FROM otel_traces
        WHERE {errors:Bool} AND Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND IsError = 1))
    AND ({q:String} = '' OR TraceId = lower({q:String}) OR TraceId IN (
        SELECT TraceId
        FROM otel_traces
        WHERE {q:String} != '' AND Timestamp >= fromUnixTimestamp64Nano({from:Int64})
            AND (positionCaseInsensitiveUTF8(SpanName, {q:String}) > 0 OR positionCaseInsensitiveUTF8(SearchText, {q:String}) > 0)))
GROUP BY TraceId
HAVING Begin >= fromUnixTimestamp64Nano({from:Int64})
    AND (Begin < fromUnixTimestamp64Nano({beforeTime:Int64}) OR {beforeId:String} = ''
        OR (Begin = fromUnixTimestamp64Nano({beforeTime:Int64}) AND TraceId < {beforeId:String}))
ORDER BY Begin DESC, TraceId DESC
LIMIT {take:UInt32}
