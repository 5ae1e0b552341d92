using System.Text.Json;

namespace AgentObs.Query;

/// <summary>
/// Writes a <see cref="TraceDetail"/> span by span as the storage delivers them: a trace of 100,000 spans is 200 MB of JSON and is never
/// held as a whole.
/// </summary>
/// <param name="rows">Stands on the first span.</param>
internal sealed class TraceStream(string traceId, IAsyncEnumerator<SpanDetail> rows, ILookup<string, LogRecord> logs, ILogger logger) : IResult
{
    private const int FlushAt = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        try
        {
            await WriteAsync(response, httpContext.RequestAborted);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The head says 200 by now: only a broken connection tells the reader that the body is not whole.
            Log.AnswerBrokeOff(logger, httpContext.Request.Path.Value ?? "", error);
            httpContext.Abort();
        }
        finally
        {
            await rows.DisposeAsync();
        }
    }

    private async Task WriteAsync(HttpResponse response, CancellationToken ct)
    {
        var type = QueryJsonContext.Of<SpanDetail>();
        await using var json = new Utf8JsonWriter(response.BodyWriter, new JsonWriterOptions { Encoder = QueryJson.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("traceId"u8, traceId);
        json.WriteStartArray("spans"u8);
        do
        {
            var span = rows.Current;
            JsonSerializer.Serialize(json, logs.Contains(span.SpanId) ? span with { Logs = [.. logs[span.SpanId]] } : span, type);
            if (json.BytesPending > FlushAt)
            {
                await json.FlushAsync(ct);
                await response.BodyWriter.FlushAsync(ct);
            }
        }
        while (await rows.MoveNextAsync());

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
        await response.BodyWriter.FlushAsync(ct);
    }
}
