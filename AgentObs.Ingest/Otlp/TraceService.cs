using AgentObs.Ingest.Rows;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>opentelemetry.proto.collector.trace.v1.TraceService.</summary>
[BindServiceMethod(typeof(TraceService), nameof(Bind))]
internal class TraceService(OtlpGrpcReceiver receiver)
{
    private static readonly Method<PooledBuffer, byte[]> Method = OtlpGrpcMethod.Export("opentelemetry.proto.collector.trace.v1.TraceService");

    public static void Bind(ServiceBinderBase binder, TraceService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<PooledBuffer, byte[]>(service.Export));

    /// <summary>Grpc.AspNetCore looks for a virtual method of the type that Bind belongs to.</summary>
    public virtual Task<byte[]> Export(PooledBuffer body, ServerCallContext call) => receiver.ExportAsync(OtlpSignal.Traces, body, call);
}
