using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;

namespace AgentObs.Benchmarks.Ingest;

/// <summary>One client: a connection of its own. Throws when an export is not acknowledged as stored.</summary>
internal static class OtlpSender
{
    private static readonly Marshaller<byte[]> Raw = new(bytes => bytes, bytes => bytes);

    private static readonly Dictionary<string, Method<byte[], byte[]>> Exports = new(StringComparer.Ordinal)
    {
        ["trace"] = Export("trace", "Trace"),
        ["logs"] = Export("logs", "Logs"),
        ["metrics"] = Export("metrics", "Metrics"),
    };

    public static Func<OtlpRequest, Task> Grpc(Uri url)
    {
        var invoker = GrpcChannel.ForAddress(url).CreateCallInvoker();
        return async request => Check(request, await invoker.AsyncUnaryCall(Exports[request.Signal], null, default, request.Body));
    }

    public static Func<OtlpRequest, Task> Http(Uri url)
    {
        var client = new HttpClient();
        return async request =>
        {
            using var content = new ByteArrayContent(request.Body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            using var response = await client.PostAsync(new Uri(url, request.Signal == "trace" ? "/v1/traces" : $"/v1/{request.Signal}"), content);
            response.EnsureSuccessStatusCode();
            Check(request, await response.Content.ReadAsByteArrayAsync());
        };
    }

    // A partial success would be rows that were not stored.
    private static void Check(OtlpRequest request, byte[] answer)
    {
        if (answer.Length > 2 && request.Signal == "trace")
        {
            throw new InvalidOperationException($"not all of a request of {request.Spans} spans was stored: {Convert.ToHexString(answer)}");
        }
    }

    private static Method<byte[], byte[]> Export(string signal, string service) =>
        new(MethodType.Unary, $"opentelemetry.proto.collector.{signal}.v1.{service}Service", "Export", Raw, Raw);
}
