using System.Buffers.Binary;
using System.Globalization;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// OTLP over gRPC: the unary Export of one service. The protocol (gRPC over HTTP2: a length-prefixed message each way, the status in the
/// trailers) is spoken here, because a library takes a whole message into memory before it can be asked whether there is room for it.
/// </summary>
internal sealed class OtlpGrpcEndpoint(OtlpSignal signal, OtlpReceiver receiver)
{
    private const string MediaType = "application/grpc";
    private const string AcceptedEncodings = "identity,gzip,deflate";
    private const int Unimplemented = 12;

    /// <summary>Trailers are headers: clients take some kilobytes.</summary>
    private const int MaxMessage = 1000;

    public async Task HandleAsync(HttpContext context)
    {
        var client = OtlpHttpEndpoint.ClientOf(context);
        if (!IsGrpc(context.Request) || !HttpProtocol.IsHttp2(context.Request.Protocol))
        {
            await RefuseProtocolAsync(context, client);
            return;
        }

        context.Response.ContentType = MediaType;
        var encoding = context.Request.Headers["grpc-encoding"].ToString().Trim();
        if (!RequestBody.IsKnownEncoding(encoding))
        {
            context.Response.Headers["grpc-accept-encoding"] = AcceptedEncodings;
            var answer = receiver.Refuse(signal, new OtlpAnswer(OtlpOutcome.UnsupportedMediaType, $"grpc-encoding '{encoding}': {AcceptedEncodings} are known here"), client);
            End(context.Response, Unimplemented, answer.Message, []);
            return;
        }

        if (await receiver.ReceiveAsync(signal, context, (body, http) => body.ReadGrpcAsync(http, encoding), isJson: false, client) is { } received)
        {
            await AnswerAsync(context, received);
        }
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType?.Split(';')[0].Trim() is { } type && (type.Equals(MediaType, StringComparison.OrdinalIgnoreCase) || type.Equals(MediaType + "+proto", StringComparison.OrdinalIgnoreCase));

    private async Task RefuseProtocolAsync(HttpContext context, string client)
    {
        var isOld = IsGrpc(context.Request);
        var message = isOld
            ? $"gRPC is spoken over HTTP/2, this is {context.Request.Protocol}: use a gRPC client, or POST the same message to /v1/{IngestCounters.NameOf(signal)} as application/x-protobuf"
            : $"Content-Type '{context.Request.ContentType}': gRPC is {MediaType}; over HTTP, POST to /v1/{IngestCounters.NameOf(signal)}";
        receiver.Refuse(signal, new OtlpAnswer(OtlpOutcome.UnsupportedMediaType, message), client);
        context.Response.StatusCode = isOld ? StatusCodes.Status426UpgradeRequired : StatusCodes.Status415UnsupportedMediaType;
        if (isOld)
        {
            context.Response.Headers.Upgrade = "h2c";
            context.Response.Headers.Connection = "Upgrade";
        }

        await context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, OtlpAnswer answer)
    {
        if (answer.Outcome != OtlpOutcome.Stored)
        {
            var details = Convert.ToBase64String(OtlpAnswerBody.Protobuf(answer with { Message = Short(answer.Message) }));
            End(context.Response, OtlpStatus.Of(answer.Outcome).Grpc, answer.Message, details);
            return;
        }

        var message = OtlpAnswerBody.Protobuf(answer);
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        End(context.Response, 0, "", []);
        await context.Response.Body.WriteAsync(frame, context.RequestAborted);
    }

    /// <summary>Clients repeat a call only where the status, and RetryInfo in its details, says that they may.</summary>
    private static void End(HttpResponse response, int status, string message, ReadOnlySpan<char> details)
    {
        response.AppendTrailer("grpc-status", status.ToString(CultureInfo.InvariantCulture));
        if (message.Length > 0)
        {
            response.AppendTrailer("grpc-message", Uri.EscapeDataString(Short(message)));
        }

        if (details.Length > 0)
        {
            response.AppendTrailer("grpc-status-details-bin", details.ToString());
        }
    }

    private static string Short(string message) => message.Length <= MaxMessage ? message : message[..MaxMessage];
}
