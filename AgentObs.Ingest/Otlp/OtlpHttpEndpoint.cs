using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/logs</c>, <c>/v1/metrics</c>.</summary>
internal sealed class OtlpHttpEndpoint(OtlpSignal signal, OtlpReceiver receiver, Writing.RowWriter writer)
{
    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var mediaType = request.ContentType?.Split(';')[0].Trim() ?? "";
        var isJson = mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        var encoding = request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant();
        if (!isJson && !mediaType.Equals("application/x-protobuf", StringComparison.OrdinalIgnoreCase))
        {
            await WriteAsync(context, true, Unsupported(context, $"Content-Type '{mediaType}': OTLP/HTTP is application/x-protobuf or application/json"));
            return;
        }

        await WriteAsync(context, isJson, RequestBody.IsKnownEncoding(encoding)
            ? await ReceiveAsync(context, isJson, encoding)
            : Unsupported(context, $"Content-Encoding '{encoding}': gzip, deflate and identity are known here"));
    }

    private async Task<OtlpAnswer> ReceiveAsync(HttpContext context, bool isJson, string encoding)
    {
        using var body = new PooledBuffer();
        try
        {
            return await RequestBody.ReadAsync(context.Request, encoding, body, writer.Budget, context.RequestAborted)
                ? await receiver.ReceiveAsync(signal, isJson, body, ClientOf(context))
                : receiver.Refuse(signal, new OtlpAnswer(OtlpOutcome.Overloaded, "too many requests are on their way"), ClientOf(context));
        }
        catch (Exception e) when (e is OtlpFormatException or OtlpTooLargeException)
        {
            var outcome = e is OtlpTooLargeException ? OtlpOutcome.TooLarge : OtlpOutcome.Undecodable;
            return receiver.Refuse(signal, new OtlpAnswer(outcome, e.Message), ClientOf(context));
        }
        finally
        {
            writer.Budget.Release(body.Length);
        }
    }

    private OtlpAnswer Unsupported(HttpContext context, string message) =>
        receiver.Refuse(signal, new OtlpAnswer(OtlpOutcome.UnsupportedMediaType, message), ClientOf(context));

    private Task WriteAsync(HttpContext context, bool isJson, OtlpAnswer answer)
    {
        var status = OtlpStatus.Of(answer.Outcome);
        var body = isJson ? OtlpAnswerBody.Json(answer, signal) : OtlpAnswerBody.Protobuf(answer);
        context.Response.StatusCode = status.Http;
        context.Response.ContentType = isJson ? "application/json" : "application/x-protobuf";
        context.Response.ContentLength = body.Length;
        if (status.RetryAfter is { } retry)
        {
            context.Response.Headers.RetryAfter = retry.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    internal static string ClientOf(HttpContext context) => context.Request.Headers.UserAgent.ToString();
}
