using System.Net.Http.Headers;
using System.Text;
using AgentObs.Storage.Front;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Storage.Front;

/// <summary>Talks to the front of a running <c>agentobs serve</c> as endpoints.json says.</summary>
internal sealed class FrontClient : IDisposable
{
    private readonly HttpClient http;

    public FrontClient(AgentObsProcess agentobs)
    {
        Url = new Uri(agentobs.Endpoints.ClickHouse!);
        http = new HttpClient { BaseAddress = new UriBuilder(Url) { UserName = "", Password = "" }.Uri };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Url.UserInfo)));
    }

    /// <summary>With name and password.</summary>
    public Uri Url { get; }

    /// <summary>Sends an exchange as it was recorded; inserts with a chunked body.</summary>
    public Task<HttpResponseMessage> SendAsync(RecordedExchange exchange) => SendAsync(exchange.Url, exchange.Body, isChunked: exchange.Kind == "insert");

    public async Task<HttpResponseMessage> SendAsync(string url, byte[] body, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url.TrimStart('/')) { Content = new StreamContent(new MemoryStream(body)) };
        request.Content.Headers.ContentLength = isChunked ? null : body.Length;
        request.Headers.TransferEncodingChunked = isChunked;
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The first value of the answer.</summary>
    public async Task<string> ScalarAsync(string sql)
    {
        using var reply = await SendAsync("/?database=otel", Encoding.UTF8.GetBytes(sql));
        var text = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(reply.IsSuccessStatusCode, text);
        return text.Trim();
    }

    /// <summary>The bytes within a body of frames.</summary>
    public static async Task<byte[]> UnframeAsync(byte[] frames)
    {
        using var plain = new MemoryStream();
        await new FrameReadStream(new MemoryStream(frames)).CopyToAsync(plain, TestContext.Current.CancellationToken);
        return plain.ToArray();
    }

    public void Dispose() => http.Dispose();
}
