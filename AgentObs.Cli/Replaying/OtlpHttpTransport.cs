using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace AgentObs.Cli.Replaying;

/// <summary>OTLP over HTTP: <c>POST /v1/traces</c> with protobuf or JSON.</summary>
internal sealed class OtlpHttpTransport : IDisposable
{
    private const int LongestMessage = 500;

    private readonly HttpClient _client;

    public OtlpHttpTransport(Uri address, string token)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        if (token.Length > 0)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public async Task<OtlpAnswer> SendAsync(RecordedRequest request, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(request.Body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        if (request.Encoding != "identity")
        {
            content.Headers.ContentEncoding.Add(request.Encoding);
        }

        try
        {
            using var response = await _client.PostAsync(request.Path, content, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return response.IsSuccessStatusCode
                ? PartialSuccess.Read(body, response.Content.Headers.ContentType?.MediaType == "application/json")
                : throw Refused(response.StatusCode, body);
        }
        catch (HttpRequestException error)
        {
            throw new OtlpRefusedException(error.Message, isRetryable: false, error.InnerException is SocketException, error);
        }
    }

    public void Dispose() => _client.Dispose();

    private static OtlpRefusedException Refused(HttpStatusCode status, byte[] body)
    {
        var said = string.Concat(Encoding.UTF8.GetString(body).Where(letter => !char.IsControl(letter)));
        return new OtlpRefusedException(
            $"HTTP {(int)status} {said[..Math.Min(said.Length, LongestMessage)]}",
            status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable,
            isAbsent: false);
    }
}
