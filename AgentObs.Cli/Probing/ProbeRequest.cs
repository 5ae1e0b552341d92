using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentObs.Cli.Replaying;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Cli.Probing;

/// <summary>Spans of one service as an OTLP request: JSON over HTTP, protobuf over gRPC.</summary>
internal static class ProbeRequest
{
    public static RecordedRequest OverHttp(string service, string scope, params IEnumerable<ProbeSpan> spans) => new(
        "the probe", 0, "traces", IsGrpc: false, OtlpPaths.Http("traces"), "application/json", "identity", Json(service, scope, spans));

    public static RecordedRequest OverGrpc(string service, string scope, params IEnumerable<ProbeSpan> spans)
    {
        using var wire = new PooledBuffer();
        JsonTranscoder.Transcode(Json(service, scope, spans), OtlpSchema.TraceRequest, wire);
        return new RecordedRequest("the probe", 0, "traces", IsGrpc: true, OtlpPaths.Grpc("traces"), "application/grpc", "identity", wire.Written.ToArray());
    }

    private static byte[] Json(string service, string scope, IEnumerable<ProbeSpan> spans) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["resourceSpans"] = new JsonArray(new JsonObject
        {
            ["resource"] = new JsonObject { ["attributes"] = Attributes([("service.name", service)]) },
            ["scopeSpans"] = new JsonArray(new JsonObject
            {
                ["scope"] = new JsonObject { ["name"] = scope },
                ["spans"] = new JsonArray([.. spans.Select(Span)]),
            }),
        }),
    });

    private static JsonNode Span(ProbeSpan span) => new JsonObject
    {
        ["traceId"] = span.TraceId,
        ["spanId"] = span.SpanId,
        ["parentSpanId"] = span.Parent,
        ["name"] = span.Name,
        ["kind"] = 1,
        ["startTimeUnixNano"] = span.Start.Value.ToString(CultureInfo.InvariantCulture),
        ["endTimeUnixNano"] = span.End.Value.ToString(CultureInfo.InvariantCulture),
        ["attributes"] = Attributes(span.Attributes),
    };

    private static JsonArray Attributes(IEnumerable<(string Key, string Value)> pairs) => new([.. pairs.Select(pair =>
        (JsonNode)new JsonObject { ["key"] = pair.Key, ["value"] = new JsonObject { ["stringValue"] = pair.Value } })]);
}
