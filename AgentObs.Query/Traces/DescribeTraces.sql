-- The numbers of some traces. Outside 1970 to 2149 the key's toStartOfHour wraps, and bounds would hide rows instead of finding them.
-- A span that was sent twice counts once, whatever has been merged.
SELECT
    TraceId,
    toString(argMin(SpanName, (ParentSpanId != '', Timestamp, SpanId))),
    arraySort(groupUniqArray(toString(ServiceName))),
    count(), sum(IsError)
FROM (
    SELECT TraceId, SpanId, ParentSpanId, SpanName, ServiceName, Timestamp, IsError
    FROM otel_traces
    WHERE TraceId IN {traces:Array(String)}
        AND (Timestamp >= fromUnixTimestamp64Nano({from:Int64}) AND Timestamp <= fromUnixTimestamp64Nano({to:Int64})
            OR {from:Int64} < 86400000000000 OR {to:Int64} > 5648745600000000000)
    ORDER BY Timestamp, ReceivedAt
    LIMIT 1 BY TraceId, SpanId
)
GROUP BY TraceId
