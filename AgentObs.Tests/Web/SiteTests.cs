using System.Net;
using System.Text.RegularExpressions;
using AgentObs.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Web;

/// <summary>The site as a browser meets it: its policy, and every file that its first page names.</summary>
public sealed partial class SiteTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private WebApplication? _app;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHosting).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseAgentObsWebFiles();
        builder.Services.AddAgentObsWeb(_ => new Uri("http://127.0.0.1:9"));
        _app = builder.Build();
        _app.MapAgentObsWeb();
        await _app.StartAsync();
        _http.BaseAddress = new Uri(_app.Urls.Single());
    }

    [Fact]
    public async Task Every_file_of_the_first_page_is_there_and_of_its_type()
    {
        var html = await _http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        var files = Files().Matches(html).Select(match => match.Groups[1].Value).Append("fonts/inter-latin-wght-normal.woff2").ToArray();
        Assert.Contains(files, file => file.StartsWith("js/agentobs", StringComparison.Ordinal));
        Assert.Contains(files, file => file.StartsWith("css/themes", StringComparison.Ordinal));
        foreach (var file in files)
        {
            using var answer = await _http.GetAsync(new Uri("/" + WebUtility.HtmlDecode(file), UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{file}: {answer.StatusCode}");
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Scripts_run_by_nonce_only_and_nobody_may_frame_a_page()
    {
        using var answer = await _http.GetAsync(new Uri("/sessions/x?node=y", UriKind.Relative), TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var nonce = Nonce().Match(policy).Groups[1].Value;
        Assert.NotEmpty(nonce);
        Assert.Contains($"nonce=\"{nonce}\"", html, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy.Split("style-src")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task The_nonce_is_new_for_every_page()
    {
        var policies = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await _http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            policies.Add(answer.Headers.GetValues("Content-Security-Policy").Single());
        }

        Assert.Equal(3, policies.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    [GeneratedRegex("(?:href|src)=\"([^\"/][^\"]*\\.(?:css|js|svg))\"")]
    private static partial Regex Files();

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();
}
