using System.Net;
using System.Net.Http.Headers;
using AgentObs.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.ServiceDefaults;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("127.0.0.1:{port}", null, HttpStatusCode.OK)]
    [InlineData("localhost:{port}", null, HttpStatusCode.OK)]
    [InlineData("[::1]:{port}", null, HttpStatusCode.OK)]
    [InlineData("evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1.evil.example", null, HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example:{port}", null, HttpStatusCode.BadRequest)]
    [InlineData("127.0.0.1:{port}", "http://127.0.0.1:{port}", HttpStatusCode.OK)]
    [InlineData("localhost:{port}", "http://localhost:{port}", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:{port}", "null", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:{port}", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:{port}", "http://127.0.0.1:1", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:{port}", "https://127.0.0.1:{port}", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:{port}", "http://localhost:{port}", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1:{port}", "garbage", HttpStatusCode.Forbidden)]
    public async Task Lets_in_only_its_own_Host_and_Origin(string host, string? origin, HttpStatusCode expected)
    {
        await using var app = await StartAsync("");
        var port = app.Port;
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Address);
        request.Headers.Host = host.Replace("{port}", port);
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin.Replace("{port}", port));
        }

        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        if (expected != HttpStatusCode.OK)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Asks_for_the_token_where_one_is_set()
    {
        await using var app = await StartAsync("s3cret");
        var cancel = TestContext.Current.CancellationToken;

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync(app.Address, cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync(new Uri(app.Address, "/?token=wrong"), cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(new Uri(app.Address, "/healthz"), cancel)).StatusCode);

        using var bearer = new HttpRequestMessage(HttpMethod.Get, app.Address);
        bearer.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "s3cret");
        Assert.Equal(HttpStatusCode.OK, (await app.Client.SendAsync(bearer, cancel)).StatusCode);

        // The address with the token answers with a cookie and sends the browser to the same page without it.
        using var kept = await app.Client.GetAsync(new Uri(app.Address, "/sessions?token=s3cret&q=a"), cancel);
        Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
        Assert.Equal("/sessions?q=a", kept.Headers.Location?.ToString());
        using var withCookie = new HttpRequestMessage(HttpMethod.Get, app.Address);
        withCookie.Headers.Add("Cookie", kept.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.SendAsync(withCookie, cancel)).StatusCode);
        Assert.NotEmpty(app.Logged);
        Assert.DoesNotContain(app.Logged, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Grpc_clients_read_the_refusal_in_the_trailers()
    {
        await using var app = await StartAsync("s3cret");
        using var request = new HttpRequestMessage(HttpMethod.Post, app.Address) { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        using var answer = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("16", answer.Headers.GetValues("grpc-status").Single());
    }

    private static async Task<GuardedApp> StartAsync(string token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        var log = new RecordedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        var app = builder.Build();
        app.UseAgentObsGuard(new GuardOptions(token, [new Uri("http://127.0.0.1:5317")]));
        app.MapFallback(() => Results.Text("in"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GuardedApp(app, log.Lines);
    }

    private sealed class GuardedApp(WebApplication app, IReadOnlyCollection<string> logged) : IAsyncDisposable
    {
        /// <summary>What the host logged at level information and above.</summary>
        internal IReadOnlyCollection<string> Logged => logged;

        internal Uri Address { get; } = new(app.Urls.Single());

        internal string Port => Address.Port.ToString();

        internal HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }
    }
}
