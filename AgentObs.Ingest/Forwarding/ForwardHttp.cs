using System.Net;
using System.Net.Http.Headers;
using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest.Forwarding;

/// <summary>OTLP over HTTP with protobuf bodies.</summary>
internal sealed class ForwardHttp(ForwardOptions options) : IForwardTransport
{
    private const int ReadBytes = 1024;

    // Its own timeout ends with the headers: a target that never ends what it says would be read for ever.
    private readonly HttpClient client = new(ForwardTransports.Handler(options)) { Timeout = Timeout.InfiniteTimeSpan };

    public async Task<ForwardResult> SendAsync(OtlpSignal signal, byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{options.Url.ToString().TrimEnd('/')}/v1/{IngestCounters.NameOf(signal)}")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } },
        };
        request.Headers.Add(ForwardTransports.Mark, "1");
        foreach (var (name, value) in options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(ForwardTransports.Patience);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return await ResultOfAsync(response, patience.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ForwardResult(ForwardOutcome.TryAgain, error switch
            {
                OperationCanceledException => ForwardTransports.TooSlow,
                HttpRequestException failed => ForwardTransports.WordsOf(failed, options),
                _ => TargetWords.Of(error.Message, options),
            });
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<ForwardResult> ResultOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
        {
            return new ForwardResult(ForwardOutcome.Sent);
        }

        var said = await SaidAsync(response, ct);
        var message = $"HTTP {(int)response.StatusCode}{(said.Length == 0 ? "" : " ")}{said}";

        // The codes that OTLP calls retryable.
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? new ForwardResult(ForwardOutcome.TryAgain, message, RetryAfter(response.Headers.RetryAfter))
            : new ForwardResult(
                ForwardOutcome.Refused, message, IsOfBody: response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity);
    }

    // "120", or "Wed, 21 Oct 2026 07:28:00 GMT".
    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? said) => said?.Delta ?? said?.Date - TimeProvider.System.GetUtcNow();

    /// <summary>The beginning of what the target says, however much it says.</summary>
    private async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var buffer = new byte[ReadBytes];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return TargetWords.Of(System.Text.Encoding.UTF8.GetString(buffer, 0, read), options);
    }
}
