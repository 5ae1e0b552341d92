using System.Text;
using System.Text.Json;
using Grpc.Core;

namespace AgentObs.Tests.Ingest;

/// <summary>Bad input is answered with a status that tells the client what to do, and a message that names the place.</summary>
public sealed class OtlpRefusalTests(IngestHostFixture fixture) : IClassFixture<IngestHostFixture>
{
    private static readonly byte[] BadWireType = [0x0a, 0x04, 0x12, 0x02, 0x10, 0x05];
    private static readonly byte[] BadLength = [0x0a, 0x7f, 0x00];

    private readonly IngestHost host = fixture.Host;

    [Fact]
    public async Task Undecodable_protobuf()
    {
        var call = await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", BadWireType));
        Assert.Equal(StatusCode.InvalidArgument, call.StatusCode);
        Assert.Equal("byte 5: ScopeSpans.spans (field 2): wire type 0, expected 2", call.Status.Detail);

        var (status, body, response) = await OtlpClient.HttpAsync(host.Http, "traces", BadLength);
        Assert.Equal(400, status);
        Assert.Equal("application/x-protobuf", response.Content.Headers.ContentType?.MediaType);

        // google.rpc.Status {1: code 3, 2: message}.
        Assert.Equal((0x08, 3, 0x12), (body[0], body[1], body[2]));
        Assert.Equal("byte 2: ExportTraceServiceRequest.resource_spans (field 1): length 127 is over the 1 bytes left of ExportTraceServiceRequest", Encoding.UTF8.GetString(body[4..]));
    }

    [Fact]
    public async Task A_good_span_before_bad_bytes_is_not_stored()
    {
        var body = OtlpClient.Protobuf(OtlpClient.Traces(OtlpClient.Span(1, "before bad bytes"))).Concat(BadLength).ToArray();
        Assert.Equal(400, (await OtlpClient.HttpAsync(host.Http, "traces", body)).Status);
        await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", body));
        Assert.Equal(0UL, await host.CountAsync("otel_traces WHERE SpanName = 'before bad bytes'"));
    }

    [Fact]
    public async Task Undecodable_json_and_false_compression()
    {
        var (status, body, response) = await OtlpClient.JsonAsync(host.Http, "logs", """{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"soon"}]}]}]}""");
        Assert.Equal(400, status);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var error = JsonDocument.Parse(body).RootElement;
        Assert.Equal(3, error.GetProperty("code").GetInt32());
        Assert.StartsWith("resourceLogs[0].scopeLogs[0].logRecords[0].timeUnixNano: expected an unsigned", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal(400, (await OtlpClient.HttpAsync(host.Http, "logs", [1, 2, 3], encoding: "gzip")).Status);
    }

    [Fact]
    public async Task A_gRPC_message_that_is_not_the_gzip_it_says()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Grpc, "/opentelemetry.proto.collector.trace.v1.TraceService/Export"))
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([1, 0, 0, 0, 4, 1, 2, 3, 4]),
        };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("grpc-encoding", "gzip");
        request.Headers.Add("TE", "trailers");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var headers = response.TrailingHeaders.Any() ? response.TrailingHeaders : (System.Net.Http.Headers.HttpHeaders)response.Headers;
        Assert.Equal("3", Assert.Single(headers.GetValues("grpc-status")));
    }

    [Theory]
    [InlineData("text/plain", "")]
    [InlineData("", "")]
    [InlineData("application/x-protobuf", "br")]
    public async Task Unknown_types(string contentType, string encoding)
    {
        var (status, body, _) = await OtlpClient.HttpAsync(host.Http, "metrics", [], contentType, encoding);
        Assert.Equal(415, status);
        Assert.NotEmpty(body);
    }

    [Fact]
    public async Task Over_16_MiB()
    {
        // An unknown field, so that the size alone is at fault.
        var body = new byte[(16 * 1024 * 1024) + 1];
        (body[0], body[1], body[2], body[3], body[4]) = (0x7a, 0xfc, 0xff, 0xff, 0x07);
        var call = await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", body));
        Assert.Equal(StatusCode.ResourceExhausted, call.StatusCode);
        call = await Assert.ThrowsAsync<RpcException>(() => OtlpClient.GrpcAsync(host.Grpc, "traces", body, gzip: true));
        Assert.Equal(StatusCode.ResourceExhausted, call.StatusCode);

        var (status, answer, _) = await OtlpClient.HttpAsync(host.Http, "traces", OtlpClient.Gzip(body), encoding: "gzip");
        Assert.Equal(413, status);
        Assert.Contains("16777216 bytes after decompression", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resource_repeated_in_too_many_rows()
    {
        var large = new string('x', 1_000_000);
        var json = OtlpClient.Traces(Enumerable.Range(1, 200).Select(i => OtlpClient.Span(i))).Replace("\"test\"", $"\"{large}\"", StringComparison.Ordinal);
        var (status, answer, _) = await OtlpClient.JsonAsync(host.Http, "traces", json);
        Assert.Equal(413, status);
        Assert.Contains("repeated in each row", Encoding.UTF8.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_records_are_left_out_and_counted()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"arrayValue\":{\"values\":[", 70)) + "{}" + string.Concat(Enumerable.Repeat("]}}", 70));
        var json = OtlpClient.Traces(
            OtlpClient.Span(1, "kept"),
            """{"traceId":"0102","name":"short id"}""",
            OtlpClient.Span(2, "kept"),
            """{"traceId":"00000000000000000000000000000000","spanId":"0000000000000001","name":"zero"}""",
            """{"traceId":"0000000000000000000000000000000a","spanId":"","name":"absent"}""",
            """{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000a","name":"deep","attributes":[{"key":"k","value":""" + deep + "}]}",
            """{"traceId":"0000000000000000000000000000000a","spanId":"000000000000000b","name":"link","links":[{"spanId":"01"}]}""",
            OtlpClient.Span(3, "kept"));
        var answer = await OtlpClient.GrpcAsync(host.Grpc, "traces", OtlpClient.Protobuf(json));

        // partial_success {1: rejected_spans 5, 2: error_message}.
        const string message = "1 x Span.trace_id: an id of 2 bytes, expected 16; 1 x Span.trace_id: absent or zero; 1 x Span.span_id: absent or zero; "
            + "1 x Span.attributes: a value nested deeper than 64 lists and maps, or with more than 10000 keys; 1 x Span.links.span_id: an id of 1 bytes, expected 8";
        Assert.Equal([0x08, 5, 0x12], answer[3..6]);
        Assert.Equal(message, Encoding.UTF8.GetString(answer[8..]));

        var (status, body, _) = await OtlpClient.JsonAsync(host.Http, "traces", json);
        Assert.Equal(200, status);
        var partial = JsonDocument.Parse(body).RootElement.GetProperty("partialSuccess");
        Assert.Equal(("5", message), (partial.GetProperty("rejectedSpans").GetString(), partial.GetProperty("errorMessage").GetString()));
        Assert.Equal(3UL, await host.CountAsync("(SELECT DISTINCT SpanId FROM otel_traces WHERE SpanName IN ('kept', 'short id', 'zero', 'absent', 'deep', 'link'))"));
    }

    [Fact]
    public async Task Ingest_figures_name_the_client()
    {
        await using var host = await IngestHost.StartAsync();
        await OtlpClient.JsonAsync(host.Http, "traces", OtlpClient.Traces(OtlpClient.Span(1)));
        await OtlpClient.JsonAsync(host.Http, "traces", "[]");
        using var http = new HttpClient();
        var summary = JsonDocument.Parse(await http.GetStringAsync(new Uri(host.Http, "/api/ingest"), TestContext.Current.CancellationToken)).RootElement;
        var traces = summary.GetProperty("signals")[0];
        Assert.Equal(("traces", 1, 1), (traces.GetProperty("signal").GetString(), traces.GetProperty("records").GetInt32(), traces.GetProperty("refused").GetProperty("Undecodable").GetInt32()));
        Assert.Equal("body: expected an object (ExportTraceServiceRequest)", summary.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.Equal(0, summary.GetProperty("queue").GetProperty("bytes").GetInt64());
    }
}
