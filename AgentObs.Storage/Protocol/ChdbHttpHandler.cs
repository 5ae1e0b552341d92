using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AgentObs.Storage.Embedded;

namespace AgentObs.Storage.Protocol;

/// <summary>
/// ClickHouse's HTTP protocol without a socket: lets <c>ClickHouse.Driver</c> work on the embedded engine. Statuses, headers and error
/// texts are those of ClickHouse's server; an error after the first bytes of a result breaks the body off.
/// </summary>
internal sealed class ChdbHttpHandler : HttpMessageHandler
{
    /// <summary>Null until the engine is open.</summary>
    internal StatementRunner? Runner { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath is "/ping")
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent("Ok.\n") };
        }

        var runner = Runner ?? throw new StorageException("The engine is not open yet.", isRetryable: true);
        var queryId = "";
        Task copying = Task.CompletedTask;
        try
        {
            var (body, copy) = await OpenBodyAsync(request.Content, cancellationToken);
            copying = copy;
            await using (body)
            {
                var parsed = RequestReader.Read(
                    request.RequestUri?.Query ?? "",
                    request.Content?.Headers.ContentEncoding ?? [],
                    Header(request, "X-ClickHouse-Database"),
                    body);
                queryId = parsed.QueryId.Length == 0 ? Guid.NewGuid().ToString() : parsed.QueryId;
                if (Header(request, "X-ClickHouse-Format") is { Length: > 0 } format)
                {
                    parsed = parsed with { DefaultFormat = format };
                }

                var reply = await runner.RunAsync(parsed, cancellationToken);
                return Answer(request, queryId, reply);
            }
        }
        catch (EngineException e)
        {
            return Refuse(request, queryId, e.Code, e.Message);
        }
        catch (ProtocolException e)
        {
            return Refuse(request, queryId, e.Code, $"Code: {e.Code}. DB::Exception: {e.Message}");
        }
        finally
        {
            // Whatever ended the request, its body is not read any more; the sender's own failure is in what was thrown already.
            await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Reads a body as it is written. Bodies that are there already are read in place; one that its sender pushes goes through a pipe,
    /// which holds the sender up when the engine is slower.
    /// </summary>
    private static async Task<(Stream Body, Task Copying)> OpenBodyAsync(HttpContent? content, CancellationToken cancellation)
    {
        if (content is null or StreamContent or ByteArrayContent)
        {
            return (content is null ? Stream.Null : await content.ReadAsStreamAsync(cancellation), Task.CompletedTask);
        }

        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        return (pipe.Reader.AsStream(), PushAsync(content, pipe.Writer, cancellation));
    }

    private static async Task PushAsync(HttpContent content, PipeWriter writer, CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            // Not on the caller's time: the sender may compute much before its first write.
            await Task.Yield();
            await content.CopyToAsync(writer.AsStream(leaveOpen: true), cancellation);
        }
        catch (Exception e)
        {
            failure = e;
        }

        // The reader meets the sender's failure where the data breaks off, so that half a body is never taken for a whole one.
        await writer.CompleteAsync(failure);
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request, string queryId, StatementReply reply)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(reply.Body) };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", ResultFormat.ContentType(reply.Format));
        AddHeaders(response.Headers, queryId);
        response.Headers.TryAddWithoutValidation("X-ClickHouse-Format", reply.Format);
        response.Headers.TryAddWithoutValidation("X-ClickHouse-Summary", reply.Summary);
        return response;
    }

    private static HttpResponseMessage Refuse(HttpRequestMessage request, string queryId, int code, string message)
    {
        var response = new HttpResponseMessage(ErrorStatus.Of(code))
        {
            RequestMessage = request,
            Content = new StringContent(message + "\n", Encoding.UTF8, "text/plain"),
        };
        AddHeaders(response.Headers, queryId);
        response.Headers.TryAddWithoutValidation("X-ClickHouse-Exception-Code", code.ToString(CultureInfo.InvariantCulture));
        return response;
    }

    private static void AddHeaders(HttpResponseHeaders headers, string queryId)
    {
        headers.TryAddWithoutValidation("X-ClickHouse-Query-Id", queryId);
        headers.TryAddWithoutValidation("X-ClickHouse-Timezone", "UTC");
        headers.TryAddWithoutValidation("X-ClickHouse-Server-Display-Name", "agentobs");
    }

    private static string Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.First() : "";
}
