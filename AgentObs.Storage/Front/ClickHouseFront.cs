using System.Text;
using Microsoft.AspNetCore.Http;

namespace AgentObs.Storage.Front;

/// <summary>
/// ClickHouse's HTTP protocol over the embedded engine, for clickhouse-client, Grafana or a stock OpenTelemetry Collector. The statements
/// run where the driver's run; here are the login, the compressed frames and the hello of clickhouse-go.
/// </summary>
internal sealed class ClickHouseFront(ClickHouseStore store, FrontOptions options)
{
    /// <summary>Of the body in which a hello is looked for; it has 55 bytes.</summary>
    private const int MaxHello = 256;

    private const int CopyBytes = 1 << 20;

    internal async Task HandleAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Path == "/ping")
        {
            await response.WriteAsync("Ok.\n", context.RequestAborted);
        }
        else if (!FrontLogin.IsGood(request, options))
        {
            response.Headers.WWWAuthenticate = "Basic realm=\"AgentObs ClickHouse\"";
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, 516, "AUTHENTICATION_FAILED: wrong or no password. It is in endpoints.json of the data folder, and in AGENTOBS_CLICKHOUSE_URL.");
        }
        else if (request.Path != "/")
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, 0, "There is no handle for this path. Use / for statements, /ping for health.");
        }
        else if (!HttpMethods.IsPost(request.Method) && !HttpMethods.IsGet(request.Method))
        {
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, 0, "Use POST, or GET for reading.");
        }
        else
        {
            await RunAsync(context);
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        var request = context.Request;
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(WithDefaults(request), UriKind.Relative));
        var isFramed = request.Query["decompress"] == "1";
        var body = isFramed ? new FrameReadStream(request.Body) : request.Body;
        if (!isFramed && request.ContentLength is > 0 and <= MaxHello)
        {
            var start = new byte[(int)request.ContentLength];
            await request.Body.ReadExactlyAsync(start, context.RequestAborted);
            if (Encoding.UTF8.GetString(start).Trim().TrimEnd(';') == HelloReply.Statement && request.Query["default_format"] == "Native")
            {
                await HelloAsync(context);
                return;
            }

            body = new MemoryStream(start);
        }

        message.Content = new StreamContent(body);
        foreach (var encoding in request.Headers.ContentEncoding)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        foreach (var name in new[] { "X-ClickHouse-Database", "X-ClickHouse-Format" })
        {
            if (request.Headers.TryGetValue(name, out var value))
            {
                message.Headers.TryAddWithoutValidation(name, value.ToString());
            }
        }

        using var answer = await store.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        await AnswerAsync(context, answer);
    }

    /// <summary>GET may only read, as in ClickHouse: a link or an image must not change anything.</summary>
    private static string WithDefaults(HttpRequest request)
    {
        var query = request.QueryString.Value is { Length: > 0 } given ? given : "?";
        return HttpMethods.IsGet(request.Method) ? $"{query}&readonly=1" : query;
    }

    private async Task HelloAsync(HttpContext context)
    {
        var version = await store.QueryAsync(StorageSql.EngineVersion, null, row => row.GetString(0), context.RequestAborted);
        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers["X-ClickHouse-Format"] = "Native";
        context.Response.Headers["X-ClickHouse-Server-Display-Name"] = "agentobs";
        await WriteAsync(context, HelloReply.Of(version[0]));
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var (name, values) in answer.Headers)
        {
            response.Headers[name] = values.ToArray();
        }

        await using var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[CopyBytes];
        try
        {
            for (int read; (read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted)) > 0;)
            {
                await WriteAsync(context, buffer.AsMemory(0, read));
            }
        }
        catch (Exception) when (response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // Half a result must not look like a whole one: the connection breaks off instead of ending well.
            context.Abort();
        }
    }

    /// <summary>With <c>compress=1</c> every body that goes back is frames, error texts too: a client reads nothing else then.</summary>
    private static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> data) =>
        await context.Response.Body.WriteAsync(context.Request.Query["compress"] == "1" ? CompressedFrame.Store(data.Span) : data, context.RequestAborted);

    private static Task RefuseAsync(HttpContext context, int status, int code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=UTF-8";
        context.Response.Headers["X-ClickHouse-Exception-Code"] = code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return WriteAsync(context, Encoding.UTF8.GetBytes($"Code: {code}. DB::Exception: {message}\n"));
    }
}
