using AgentObs.Ingest.Rows;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>A gRPC Export method that hands over the message's bytes: no message object is made of a request.</summary>
internal static class OtlpGrpcMethod
{
    private static readonly Marshaller<PooledBuffer> Request = new((_, _) => throw new NotSupportedException(), ReadMessage);
    private static readonly Marshaller<byte[]> Response = new((bytes, context) => context.Complete(bytes), _ => throw new NotSupportedException());

    /// <param name="service">Full name: <c>opentelemetry.proto.collector.trace.v1.TraceService</c>.</param>
    public static Method<PooledBuffer, byte[]> Export(string service) => new(MethodType.Unary, service, "Export", Request, Response);

    private static PooledBuffer ReadMessage(DeserializationContext context)
    {
        var body = new PooledBuffer();
        foreach (var segment in context.PayloadAsReadOnlySequence())
        {
            body.Write(segment.Span);
        }

        return body;
    }
}
