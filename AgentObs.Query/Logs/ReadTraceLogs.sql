-- The log records that name a trace, or one of its spans, by time. A record's clock may stand outside its trace's spans, so there are no
-- bounds: the bloom filter on TraceId finds the few granules.
SELECT
    LogId, toUnixTimestamp64Nano(Timestamp), TraceId, SpanId, RunId, toString(Event), toString(SeverityText), SeverityNumber,
    toString(ServiceName), ScopeName, Body,
    mapKeys(ResourceAttributes)::Array(String), mapValues(ResourceAttributes),
    mapKeys(LogAttributes)::Array(String), mapValues(LogAttributes),
    toUnixTimestamp64Milli(ReceivedAt)
FROM otel_logs
WHERE TraceId = {trace:String} AND ({span:String} = '' OR SpanId = {span:String})
ORDER BY Timestamp, LogId, ReceivedAt
LIMIT 1 BY LogId
