using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentObs.Tests.Ingest;

/// <summary>Sends bodies as they are, over each transport.</summary>
internal static class OtlpClient
{
    private static readonly HttpClient Http = new();

    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    public static async Task<byte[]> GrpcAsync(Uri url, string signal, byte[] body, bool gzip = false)
    {
        using var channel = GrpcChannel.ForAddress(url, new GrpcChannelOptions { MaxSendMessageSize = null });
        var service = signal switch
        {
            "traces" => "opentelemetry.proto.collector.trace.v1.TraceService",
            "logs" => "opentelemetry.proto.collector.logs.v1.LogsService",
            _ => "opentelemetry.proto.collector.metrics.v1.MetricsService",
        };
        var headers = gzip ? new Metadata { { "grpc-internal-encoding-request", "gzip" } } : [];
        return await channel.CreateCallInvoker().AsyncUnaryCall(
            new Method<byte[], byte[]>(MethodType.Unary, service, "Export", Raw, Raw), null, new CallOptions(headers), body);
    }

    public static async Task<(int Status, byte[] Body, HttpResponseMessage Response)> HttpAsync(
        Uri url, string signal, byte[] body, string contentType = "application/x-protobuf", string encoding = "")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType.Length > 0 ? MediaTypeHeaderValue.Parse(contentType) : null;
        if (encoding.Length > 0)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        var response = await Http.PostAsync(new Uri(url, $"/v1/{signal}"), content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), response);
    }

    public static Task<(int Status, byte[] Body, HttpResponseMessage Response)> JsonAsync(Uri url, string signal, string json) =>
        HttpAsync(url, signal, Encoding.UTF8.GetBytes(json), "application/json; charset=utf-8");

    /// <summary>The protobuf form of an OTLP/JSON traces request.</summary>
    public static byte[] Protobuf(string json)
    {
        using var wire = new PooledBuffer();
        JsonTranscoder.Transcode(Encoding.UTF8.GetBytes(json), OtlpSchema.TraceRequest, wire);
        return wire.Written.ToArray();
    }

    /// <summary>A traces request of spans given as JSON.</summary>
    public static string Traces(params IEnumerable<string> spans) =>
        """{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"test"}}]},"scopeSpans":[{"spans":[""" + string.Join(",", spans) + "]}]}]}";

    /// <summary>A span with ids made of a number.</summary>
    public static string Span(int id, string name = "span") =>
        $$"""{"traceId":"{{id:x32}}","spanId":"{{id:x16}}","name":"{{name}}","startTimeUnixNano":"1795000000000000000","endTimeUnixNano":"1795000001000000000"}""";

    public static byte[] Compress(byte[] body, Func<Stream, Stream> compressor)
    {
        using var target = new MemoryStream();
        using (var stream = compressor(target))
        {
            stream.Write(body);
        }

        return target.ToArray();
    }

    public static byte[] Gzip(byte[] body) => Compress(body, s => new GZipStream(s, CompressionLevel.Fastest));
}
