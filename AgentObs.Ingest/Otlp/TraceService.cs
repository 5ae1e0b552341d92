using AgentObs.Ingest.Rows;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>opentelemetry.proto.collector.trace.v1.TraceService.</summary>
[BindServiceMethod(typeof(TraceService), nameof(Bind))]
internal sealed class TraceService(OtlpGrpcReceiver receiver)
{
    private static readonly Method<PooledBuffer, byte[]> Method = OtlpGrpcMethod.Export("opentelemetry.proto.collector.trace.v1.TraceService");

    public static void Bind(ServiceBinderBase binder, TraceService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<PooledBuffer, byte[]>(service.Export));

    public Task<byte[]> Export(PooledBuffer body, ServerCallContext call) => receiver.ExportAsync(OtlpSignal.Traces, body, call);
}
