using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace AgentObs.Tests.Ingest.Hardening;

/// <summary>gRPC calls made by hand, so that their frames can be wrong.</summary>
internal static class GrpcRequest
{
    public static HttpRequestMessage Of(Uri address, string signal, HttpContent body)
    {
        var service = signal switch
        {
            "traces" => "trace.v1.TraceService",
            "logs" => "logs.v1.LogsService",
            _ => "metrics.v1.MetricsService",
        };
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/opentelemetry.proto.collector.{service}/Export"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("TE", "trailers");
        return request;
    }

    public static byte[] Frame(byte[] message, bool isCompressed = false)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = (byte)(isCompressed ? 1 : 0);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    public static async Task<string> StatusAsync(HttpResponseMessage answer)
    {
        await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return Assert.Single(answer.TrailingHeaders.GetValues("grpc-status"));
    }
}
