using System.Net;
using System.Text;
using AgentObs.Storage.Front;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Storage.Front;

/// <summary>Who may use the front, and what it says to bodies that are broken.</summary>
public sealed class FrontSafetyTests(FrontSafetyTests.Server server) : IClassFixture<FrontSafetyTests.Server>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "", HttpStatusCode.Unauthorized)]
    [InlineData("X-ClickHouse-Key", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("X-ClickHouse-Key", "tell me", HttpStatusCode.OK)]
    [InlineData("Authorization", "Basic ZGVmYXVsdDo=", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Basic not base64", HttpStatusCode.Unauthorized)]
    public async Task Takes_the_password_and_nothing_else(string header, string value, HttpStatusCode expected)
    {
        using var request = Request(HttpMethod.Post, "/", "SELECT 1");
        if (header.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var reply = await server.Http.SendAsync(request, Cancellation);
        Assert.Equal(expected, reply.StatusCode);
        Assert.Equal(expected != HttpStatusCode.OK, (await reply.Content.ReadAsStringAsync(Cancellation)).Contains("endpoints.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.BadRequest)]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden)]
    public async Task A_page_of_elsewhere_is_refused_with_the_right_password_too(string header, string value, HttpStatusCode expected)
    {
        using var request = Request(HttpMethod.Post, "/?password=tell%20me", "SELECT 1");
        request.Headers.TryAddWithoutValidation(header, value);
        using var reply = await server.Http.SendAsync(request, Cancellation);
        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task GET_reads_and_changes_nothing()
    {
        Assert.Equal("7\n", await server.Http.GetStringAsync(new Uri("/?password=tell%20me&query=SELECT%207", UriKind.Relative), Cancellation));
        using var reply = await server.Http.GetAsync(new Uri("/?password=tell%20me&query=CREATE%20TABLE%20otel.t%20(a%20Int8)%20ENGINE%3DMemory", UriKind.Relative), Cancellation);
        Assert.False(reply.IsSuccessStatusCode);
        Assert.Contains("readonly", await reply.Content.ReadAsStringAsync(Cancellation), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_broken_frame_is_named_and_the_answer_is_a_frame()
    {
        var frame = CompressedFrame.Store("no block"u8);
        frame[^1] ^= 1;
        const string insert = "/?password=tell%20me&decompress=1&compress=1&query=INSERT%20INTO%20otel.otel_logs%20FORMAT%20Native";
        foreach (var (body, word) in new[] { (frame, "checksum"), ("plain text, no frame at all"u8.ToArray(), "leave decompress out"), (frame[..20], "ends within") })
        {
            using var reply = await server.Http.PostAsync(new Uri(insert, UriKind.Relative), new ByteArrayContent(body), Cancellation);
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
            var text = Encoding.UTF8.GetString(await FrontClient.UnframeAsync(await reply.Content.ReadAsByteArrayAsync(Cancellation)));
            Assert.Contains(word, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_large_result_comes_whole()
    {
        using var reply = await server.Http.PostAsync(
            new Uri("/?password=tell%20me&compress=1", UriKind.Relative), new StringContent("SELECT number FROM numbers(500000) FORMAT TabSeparated"), Cancellation);
        var lines = Encoding.ASCII.GetString(await FrontClient.UnframeAsync(await reply.Content.ReadAsByteArrayAsync(Cancellation))).TrimEnd('\n').Split('\n');
        Assert.Equal(500000, lines.Length);
        Assert.Equal("499999", lines[^1]);
    }

    private static HttpRequestMessage Request(HttpMethod method, string url, string sql) => new(method, new Uri(url, UriKind.Relative)) { Content = new StringContent(sql) };

    /// <summary>One <c>agentobs serve</c> for the class, its front on a free port.</summary>
    public sealed class Server : IAsyncLifetime
    {
        private AgentObsProcess? agentobs;

        public HttpClient Http { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            agentobs = await AgentObsProcess.StartAsync(environment: new() { ["AGENTOBS_CLICKHOUSE_URL"] = "http://default:tell%20me@127.0.0.1:0" });
            Http = new HttpClient { BaseAddress = new UriBuilder(agentobs.Endpoints.ClickHouse!) { UserName = "", Password = "" }.Uri };
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            if (agentobs is not null)
            {
                await agentobs.DisposeAsync();
            }
        }
    }
}
