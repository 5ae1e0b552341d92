CREATE MATERIALIZED VIEW IF NOT EXISTS agentobs_traces_from_spans TO agentobs_traces AS
SELECT
    TraceId,
    min(Timestamp) AS Start,
    max(greatest(Timestamp, Timestamp + toIntervalNanosecond(if(Duration > 4611686018427387904, 0, Duration)))) AS End,
    max(t.ReceivedAt) AS ReceivedAt,
    min(t.ServiceName) AS FirstServiceName,
    max(t.ServiceName) AS ServiceName,
    max(t.ScopeName) AS ScopeName,
    max(ResourceAttributes['service.instance.id']) AS InstanceId,
    max(t.RunId) AS RunId
FROM otel_traces AS t
WHERE TraceId != ''
GROUP BY TraceId
