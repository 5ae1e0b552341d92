using System.Net;
using System.Net.Http.Headers;
using AgentObs.Ingest.Otlp;

namespace AgentObs.Ingest.Forwarding;

/// <summary>OTLP over HTTP with protobuf bodies.</summary>
internal sealed class ForwardHttp(ForwardOptions options) : IForwardTransport
{
    private const int LongestMessage = 300;

    private readonly HttpClient client = new(ForwardTransports.Handler(options)) { Timeout = ForwardTransports.Patience };

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

        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return await ResultOfAsync(response, ct);
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new ForwardResult(ForwardOutcome.TryAgain, error is OperationCanceledException ? ForwardTransports.TooSlow : error.Message);
        }
    }

    public void Dispose() => client.Dispose();

    private static async Task<ForwardResult> ResultOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.IsSuccessStatusCode)
        {
            return new ForwardResult(ForwardOutcome.Sent);
        }

        var said = await SaidAsync(response, ct);
        var message = $"HTTP {(int)response.StatusCode}{(said.Length == 0 ? "" : " ")}{said}";

        // The codes that OTLP calls retryable.
        return response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? new ForwardResult(ForwardOutcome.TryAgain, message, response.Headers.RetryAfter?.Delta)
            : new ForwardResult(ForwardOutcome.Refused, message);
    }

    /// <summary>The beginning of what the target says, however much it says.</summary>
    private static async Task<string> SaidAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var buffer = new byte[LongestMessage];
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return string.Concat(System.Text.Encoding.UTF8.GetString(buffer, 0, read).Where(letter => !char.IsControl(letter)));
    }
}
