using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Writing;
using Grpc.Core;

namespace AgentObs.Ingest.Otlp;

/// <summary>OTLP over gRPC, for all three services.</summary>
internal sealed class OtlpGrpcReceiver(OtlpReceiver receiver, RowWriter writer)
{
    public async Task<byte[]> ExportAsync(OtlpSignal signal, PooledBuffer body, ServerCallContext call)
    {
        using (body)
        {
            var client = OtlpHttpEndpoint.ClientOf(call.GetHttpContext());
            var reserved = body.Length;
            if (!writer.Budget.TryReserve(reserved))
            {
                throw ErrorOf(receiver.Refuse(signal, new OtlpAnswer(OtlpOutcome.Overloaded, "too many requests are on their way"), client));
            }

            try
            {
                var answer = await receiver.ReceiveAsync(signal, false, body, client);
                return answer.Outcome == OtlpOutcome.Stored ? OtlpAnswerBody.Protobuf(answer) : throw ErrorOf(answer);
            }
            finally
            {
                writer.Budget.Release(reserved);
            }
        }
    }

    /// <summary>Clients repeat a call only where the status, and RetryInfo in its details, says that they may.</summary>
    private static RpcException ErrorOf(OtlpAnswer answer) => new(
        new Status((StatusCode)OtlpStatus.Of(answer.Outcome).Grpc, answer.Message),
        new Metadata { { "grpc-status-details-bin", OtlpAnswerBody.Protobuf(answer) } });
}
