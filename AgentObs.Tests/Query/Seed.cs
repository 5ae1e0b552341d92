using System.Text.Json;
using AgentObs.Storage;

namespace AgentObs.Tests.Query;

/// <summary>Writes rows as the collector would: the exporter's columns alone.</summary>
internal static class Seed
{
    private static readonly SqlFile Spans = new("Seed spans", """
        INSERT INTO otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ScopeName, Duration, StatusCode, StatusMessage,
            ResourceAttributes, SpanAttributes, Events.Timestamp, Events.Name, Events.Attributes, Links.TraceId, Links.SpanId, Links.TraceState, Links.Attributes, ReceivedAt)
        SELECT fromUnixTimestamp64Nano(r.Start), r.TraceId, r.SpanId, r.Parent, r.Name, 'Internal', r.Service, r.Scope, r.Duration, r.Status, if(r.Status = 'Error', 'it broke', ''),
            mapConcat(map('service.name', r.Service), (r.ResourceKeys, r.ResourceValues)::Map(String, String)), (r.Keys, r.Values)::Map(LowCardinality(String), String),
            [fromUnixTimestamp64Nano(r.Start + 1)], ['attempt'], [map('n', '1')], ['4bf92f3577b34da6a3ce929d0e0e4736'], ['00f067aa0ba902b7'], ['a=b'], [map('l', '2')],
            if(r.ReceivedAt = 0, now64(3), fromUnixTimestamp64Milli(r.ReceivedAt))
        FROM (SELECT arrayJoin(JSONExtract({rows:String}, 'Array(Tuple(TraceId String, SpanId String, Name String, Start Int64, Parent String, Duration UInt64,
            Service String, Scope String, Status String, Keys Array(String), Values Array(String), ReceivedAt Int64,
            ResourceKeys Array(String), ResourceValues Array(String)))')) AS r)
        """);

    private static readonly SqlFile Logs = new("Seed logs", """
        INSERT INTO otel_logs (Timestamp, TraceId, SpanId, SeverityNumber, ServiceName, ScopeName, Body, LogAttributes, ReceivedAt)
        SELECT fromUnixTimestamp64Nano(r.Time), r.TraceId, r.SpanId, r.Severity, r.Service, r.Scope, r.Body,
            mapConcat(map('event.name', r.Event, 'session.id', r.Session, 'note', r.Note), (r.Keys, r.Values)::Map(String, String)),
            if(r.ReceivedAt = 0, now64(3), fromUnixTimestamp64Milli(r.ReceivedAt))
        FROM (SELECT arrayJoin(JSONExtract({rows:String}, 'Array(Tuple(Time Int64, Event String, TraceId String, SpanId String, Body String,
            Severity UInt8, Session String, Note String, Service String, Scope String, Keys Array(String), Values Array(String), ReceivedAt Int64))')) AS r)
        """);

    private static readonly SqlFile ManySpans = new("Seed many spans", """
        INSERT INTO otel_traces (Timestamp, TraceId, SpanId, ParentSpanId, SpanName, SpanKind, ServiceName, ScopeName, Duration, StatusCode, SpanAttributes, ResourceAttributes)
        SELECT fromUnixTimestamp64Nano({start:Int64} + number * 1000), {trace:String}, leftPad(lower(hex(number + 2)), 16, '0'), leftPad(lower(hex(intDiv(number, 20) + 1)), 16, '0'),
            'receiving', 'Internal', 'codex_exec', 'codex_exec', 1000000, 'Unset',
            map('code.file.path', 'core/src/stream.rs', 'code.line.number', '12', 'target', 'codex_core', 'thread.name', 'main', 'busy_ns', '123', 'idle_ns', '45', 'thread.id', '7'),
            map('service.name', 'codex_exec')
        FROM numbers({count:UInt64})
        """);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task SpansAsync(ClickHouseStore store, params IEnumerable<SeedSpan> spans) => WriteAsync(store, Spans, spans);

    public static Task LogsAsync(ClickHouseStore store, params IEnumerable<SeedLog> logs) => WriteAsync(store, Logs, logs);

    /// <summary>Codex's runtime spans under a span 0000000000000001 of the trace.</summary>
    public static Task ManySpansAsync(ClickHouseStore store, string trace, long start, ulong count) => store.ExecuteAsync(
        ManySpans, new Dictionary<string, object?> { ["trace"] = trace, ["start"] = start, ["count"] = count }, Cancellation);

    private static Task WriteAsync<T>(ClickHouseStore store, SqlFile sql, IEnumerable<T> rows) => store.ExecuteAsync(
        sql, new Dictionary<string, object?> { ["rows"] = JsonSerializer.Serialize(rows) }, Cancellation);
}
