using AgentObs.Ingest.Otlp;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentObs.Ingest.Forwarding;

/// <summary>OTLP over gRPC: the message goes out as it is, no generated types between.</summary>
internal sealed class ForwardGrpc : IForwardTransport
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);

    private static readonly Method<byte[], byte[]>[] Methods =
        [Export("trace.v1.TraceService"), Export("logs.v1.LogsService"), Export("metrics.v1.MetricsService")];

    private readonly ForwardOptions options;
    private readonly GrpcChannel channel;
    private readonly CallInvoker invoker;
    private readonly Metadata headers = [new(ForwardTransports.Mark, "1")];

    public ForwardGrpc(ForwardOptions options)
    {
        this.options = options;
        channel = GrpcChannel.ForAddress(options.Url, new GrpcChannelOptions
        {
            HttpHandler = ForwardTransports.Handler(options),
            DisposeHttpClient = true,
            MaxSendMessageSize = null,
        });
        invoker = channel.CreateCallInvoker();
        foreach (var (name, value) in options.Headers)
        {
            headers.Add(name, value);
        }
    }

    public async Task<ForwardResult> SendAsync(OtlpSignal signal, byte[] body, CancellationToken ct)
    {
        var call = new CallOptions(headers, TimeProvider.System.GetUtcNow().UtcDateTime + ForwardTransports.Patience, ct);
        try
        {
            using var answer = invoker.AsyncUnaryCall(Methods[(int)signal], null, call, body);
            await answer.ResponseAsync;
            return new ForwardResult(ForwardOutcome.Sent);
        }
        catch (RpcException error)
        {
            ct.ThrowIfCancellationRequested();
            return new ForwardResult(
                IsRetryable(error) ? ForwardOutcome.TryAgain : ForwardOutcome.Refused,
                WordsOf(error),
                IsOfBody: error.StatusCode is StatusCode.InvalidArgument or StatusCode.ResourceExhausted or StatusCode.Internal);
        }
    }

    public void Dispose() => channel.Dispose();

    /// <summary>
    /// The codes that OTLP calls retryable; RESOURCE_EXHAUSTED only with details, which are its RetryInfo. Where no answer came (TLS failed, the other side does
    /// not speak HTTP/2) the library says INTERNAL: nobody refused anything.
    /// </summary>
    private static bool IsRetryable(RpcException error) => error.StatusCode
        is StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Aborted or StatusCode.OutOfRange or StatusCode.Unavailable or StatusCode.DataLoss
        || (error.StatusCode == StatusCode.ResourceExhausted && error.Trailers.Get("grpc-status-details-bin") is not null)
        || error.Status.DebugException is HttpRequestException;

    private string WordsOf(RpcException error) => error switch
    {
        { StatusCode: StatusCode.DeadlineExceeded } => ForwardTransports.TooSlow,
        { Status.DebugException: HttpRequestException { HttpRequestError: not HttpRequestError.ConnectionError } failed } => $"{error.StatusCode}: {ForwardTransports.WordsOf(failed, options)}",
        _ => TargetWords.Of($"{error.StatusCode} {error.Status.Detail}", options),
    };

    private static Method<byte[], byte[]> Export(string service) =>
        new(MethodType.Unary, "opentelemetry.proto.collector." + service, "Export", Raw, Raw);
}
