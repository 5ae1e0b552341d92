using AgentObs.Ingest.Rows;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>opentelemetry.proto.collector.logs.v1.LogsService.</summary>
[BindServiceMethod(typeof(LogsService), nameof(Bind))]
internal class LogsService(OtlpGrpcReceiver receiver)
{
    private static readonly Method<PooledBuffer, byte[]> Method = OtlpGrpcMethod.Export("opentelemetry.proto.collector.logs.v1.LogsService");

    public static void Bind(ServiceBinderBase binder, LogsService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<PooledBuffer, byte[]>(service.Export));

    /// <summary>Grpc.AspNetCore looks for a virtual method of the type that Bind belongs to.</summary>
    public virtual Task<byte[]> Export(PooledBuffer body, ServerCallContext call) => receiver.ExportAsync(OtlpSignal.Logs, body, call);
}
