using AgentObs.Ingest.Rows;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>opentelemetry.proto.collector.metrics.v1.MetricsService.</summary>
[BindServiceMethod(typeof(MetricsService), nameof(Bind))]
internal class MetricsService(OtlpGrpcReceiver receiver)
{
    private static readonly Method<PooledBuffer, byte[]> Method = OtlpGrpcMethod.Export("opentelemetry.proto.collector.metrics.v1.MetricsService");

    public static void Bind(ServiceBinderBase binder, MetricsService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<PooledBuffer, byte[]>(service.Export));

    /// <summary>Grpc.AspNetCore looks for a virtual method of the type that Bind belongs to.</summary>
    public virtual Task<byte[]> Export(PooledBuffer body, ServerCallContext call) => receiver.ExportAsync(OtlpSignal.Metrics, body, call);
}
