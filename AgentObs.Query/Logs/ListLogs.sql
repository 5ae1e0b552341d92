-- One page of log records, newest first. The keys of the page are found by a narrow read; only its rows are read with their attributes.
-- They come as a scalar, since a common table expression would be run again at each use.
WITH (
    SELECT (groupArray(Timestamp), groupArray(LogId))
    FROM (
        SELECT Timestamp, LogId
        FROM otel_logs
        WHERE Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({to:Int64})
            AND (Timestamp < fromUnixTimestamp64Nano({beforeTime:Int64})
                OR (Timestamp = fromUnixTimestamp64Nano({beforeTime:Int64}) AND LogId < {beforeId:UInt64}))
            AND (NOT {inRuns:Bool} OR RunId IN {runs:Array(String)} OR TraceId IN {traces:Array(String)})
            AND ({trace:String} = '' OR TraceId = {trace:String})
            AND ({span:String} = '' OR SpanId = {span:String})
            AND ({event:String} = '' OR Event = {event:String})
            AND SeverityNumber >= {severity:UInt8}
            AND ({q:String} = '' OR positionCaseInsensitiveUTF8(Body, {q:String}) > 0
                OR arrayExists(v -> positionCaseInsensitiveUTF8(v, {q:String}) > 0, mapValues(LogAttributes)))
        ORDER BY Timestamp DESC, LogId DESC
        LIMIT 1 BY LogId
        LIMIT {take:UInt32}
    )
) AS page
SELECT
    LogId, toUnixTimestamp64Nano(Timestamp), TraceId, SpanId, RunId, toString(Event), toString(SeverityText), SeverityNumber,
    toString(ServiceName), ScopeName, Body,
    mapKeys(ResourceAttributes)::Array(String), mapValues(ResourceAttributes),
    mapKeys(LogAttributes)::Array(String), mapValues(LogAttributes),
    toUnixTimestamp64Milli(ReceivedAt)
FROM otel_logs
WHERE Timestamp >= arrayMin(page.1) AND Timestamp <= arrayMax(page.1)
    AND (Timestamp, LogId) IN (SELECT arrayJoin(arrayZip(page.1, page.2)))
ORDER BY Timestamp DESC, LogId DESC, ReceivedAt
LIMIT 1 BY LogId
