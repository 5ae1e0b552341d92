namespace AgentObs.Ingest.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c>, <c>/v1/logs</c>, <c>/v1/metrics</c>.</summary>
internal sealed class OtlpHttpEndpoint(OtlpSignal signal, OtlpReceiver receiver)
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

        var answer = RequestBody.IsKnownEncoding(encoding)
            ? await receiver.ReceiveAsync(signal, context, (body, http) => ReadAsync(body, http, encoding), isJson, ClientOf(context))
            : Unsupported(context, $"Content-Encoding '{encoding}': gzip, deflate and identity are known here");
        if (answer is not null && !context.Response.HasStarted)
        {
            await WriteAsync(context, isJson, answer);
        }
    }

    // Prefer: respond-async (RFC 7240): the sender is about to end and cannot wait for the commit, as the launcher behind an agent. 202 says that its
    // request came whole, and nothing about what became of it.
    private static async Task ReadAsync(RequestBody body, HttpContext context, string encoding)
    {
        await body.ReadAsync(context, encoding);
        if (context.Request.Headers["Prefer"].Contains("respond-async", StringComparer.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.ContentLength = 0;
            await context.Response.CompleteAsync();
        }
    }

    /// <summary>The sender's User-Agent, bounded: it is kept with its last error.</summary>
    internal static string ClientOf(HttpContext context) => context.Request.Headers.UserAgent.ToString() is var name && name.Length > 200 ? name[..200] : name;

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

        if (answer.Outcome == OtlpOutcome.TooSlow)
        {
            // The rest of the body would come as slowly.
            context.Response.Headers.Connection = "close";
        }

        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
