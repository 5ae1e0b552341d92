using System.Net;
using System.Text.Json;
using AgentObs.Query;
using AgentObs.Storage;
using AgentObs.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentObs.Tests.Query;

/// <summary>Query on a free port in front of the real engine, on a database of its own.</summary>
internal sealed class QueryHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private QueryHost(WebApplication app, StorageOptions options)
    {
        this.app = app;
        Options = options;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public StorageOptions Options { get; }

    public ClickHouseStore Store => app.Services.GetRequiredService<ClickHouseStore>();

    public IServiceProvider Services => app.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="options">Another host's, to go on in its database.</param>
    /// <param name="configure">Replaces or adds services before the host is built.</param>
    /// <param name="map">Adds routes.</param>
    public static async Task<QueryHost> StartAsync(
        StorageOptions? options = null, Action<IServiceCollection>? configure = null, Action<WebApplication>? map = null)
    {
        options ??= EngineFixture.NewOptions();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAgentObsStorage(options);
        builder.Services.AddAgentObsQuery();
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapAgentObsQuery();
        map?.Invoke(app);
        await app.StartAsync(Cancellation);
        return new QueryHost(app, options);
    }

    public async Task<T> GetAsync<T>(string path)
    {
        using var response = await Http.GetAsync(path, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {body}");
        return JsonSerializer.Deserialize<T>(body, QueryJson.Options)!;
    }

    /// <summary>The text of the answer, without what depends on the clock alone.</summary>
    public async Task<string> TextAsync(string path)
    {
        using var response = await Http.GetAsync(path, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    /// <returns>The problem's JSON; the test fails where the answer has another status or is no problem+json.</returns>
    public async Task<JsonElement> ProblemAsync(string path, HttpStatusCode status, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        using var response = await Http.SendAsync(request, Cancellation);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.Clone();
    }

    /// <summary>Follows nextCursor to the end.</summary>
    public async Task<List<TItem>> PagesAsync<TPage, TItem>(string path, Func<TPage, (IReadOnlyList<TItem> Items, string? Next)> read)
    {
        var all = new List<TItem>();
        for (string? cursor = "", next = null; cursor is not null; cursor = next)
        {
            (var items, next) = read(await GetAsync<TPage>(cursor.Length == 0 ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}"));
            Assert.True(items.Count > 0 || next is null, "an empty page names another");
            all.AddRange(items);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
