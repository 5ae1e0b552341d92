using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentObs.Cli.Replaying;

/// <summary>OTLP over gRPC: the recorded message goes out as it is, no generated types between.</summary>
internal sealed class OtlpGrpcTransport : IDisposable
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;
    private readonly Metadata _headers = [];

    public OtlpGrpcTransport(Uri address, string token)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { UseProxy = false },
            DisposeHttpClient = true,
            MaxSendMessageSize = null,
        });
        _invoker = _channel.CreateCallInvoker();
        if (token.Length > 0)
        {
            _headers.Add("authorization", "Bearer " + token);
        }
    }

    public async Task<OtlpAnswer> SendAsync(RecordedRequest request, CancellationToken cancellation)
    {
        // /opentelemetry.proto.collector.trace.v1.TraceService/Export
        var slash = request.Path.LastIndexOf('/');
        if (slash < 1)
        {
            throw new OtlpRefusedException($"'{request.Path}' is not the path of a gRPC method", isRetryable: false, isAbsent: false);
        }

        var method = new Method<byte[], byte[]>(MethodType.Unary, request.Path[1..slash], request.Path[(slash + 1)..], Raw, Raw);
        try
        {
            using var call = _invoker.AsyncUnaryCall(
                method, null, new CallOptions(_headers, cancellationToken: cancellation), request.Read(body => body.Bytes));
            return PartialSuccess.Read(await call.ResponseAsync, isJson: false);
        }
        catch (RpcException error)
        {
            cancellation.ThrowIfCancellationRequested();
            var isAbsent = IsAbsent(error.Status.DebugException);
            var isRetryable = !isAbsent && error.StatusCode is StatusCode.Unavailable;
            throw new OtlpRefusedException($"{error.StatusCode} {error.Status.Detail}", isRetryable, isAbsent, error);
        }
    }

    public void Dispose() => _channel.Dispose();

    private static bool IsAbsent(Exception? error) => error is SocketException || (error is not null && IsAbsent(error.InnerException));
}
