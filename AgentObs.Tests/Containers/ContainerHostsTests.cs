using System.Net;
using System.Text.Json;
using AgentObs.Tests.Cli;
using AgentObs.Tests.EndToEnd;
using AgentObs.Tests.EndToEnd.Pages;
using AgentObs.Tests.Storage.Front;
using Microsoft.Playwright;

namespace AgentObs.Tests.Containers;

/// <summary>
/// The container topology's own programs as processes, with a real ClickHouse over real HTTP between them: the front of an embedded engine stands
/// for the server, the recorded inserts of a real collector for the collector. Nothing of Aspire and no container takes part.
/// </summary>
public sealed class ContainerHostsTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IDisposable
{
    private const string Database = "team";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agentobs-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Migrate_then_the_collectors_inserts_then_Query_then_Web_show_the_session()
    {
        await using var server = await AgentObsProcess.StartAsync(environment: new() { ["AGENTOBS_CLICKHOUSE_URL"] = "http://127.0.0.1:0" });
        using var front = new FrontClient(server);
        var settings = new Dictionary<string, string> { ["AGENTOBS_CLICKHOUSE_URL"] = front.Url.AbsoluteUri, ["AGENTOBS_CLICKHOUSE_DATABASE"] = Database };

        // Read as configuration it would end each of them; and what is read is watched with all folders below it: in an image that is `/`.
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), "{ no json", Cancellation);

        var (exit, output) = await HostProcess.RunAsync("AgentObs.Ingest", ["migrate"], settings, _folder.FullName);
        Assert.True(exit == 0, output);
        Assert.Equal("1", await front.ScalarAsync($"SELECT count() FROM system.tables WHERE database = '{Database}' AND name = 'otel_logs'"));
        await InsertAsync(front, "claude-codex3");

        // Within a network of containers Query is asked by a name that is no loopback name.
        await using var query = await HostProcess.StartAsync("AgentObs.Query", new(settings) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["AGENTOBS_QUERY_URL"] = "http://query:8080" }, _folder.FullName);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(query, "/healthz", host: "query:8080"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(query, "/healthz", host: "elsewhere.example"));

        await using var web = await HostProcess.StartAsync("AgentObs.Web", new() { ["AGENTOBS_WEB_URL"] = "http://127.0.0.1:0", ["services__query__http__0"] = query.Http.BaseAddress!.AbsoluteUri }, _folder.FullName);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(web, "/healthz"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(web, "/openapi/v1.json"));

        using var sessions = JsonDocument.Parse(await web.Http.GetStringAsync("/api/sessions", Cancellation));
        var session = Assert.Single(sessions.RootElement.GetProperty("sessions").EnumerateArray());
        Assert.Equal(3, session.GetProperty("agentRuns").GetInt32());
        var id = session.GetProperty("id").GetString()!;
        using var tree = JsonDocument.Parse(await web.Http.GetStringAsync($"/api/sessions/{id}/tree", Cancellation));
        Assert.Equal(3, tree.RootElement.GetProperty("nodes").EnumerateArray().Count(node => node.GetProperty("kind").GetString() == "agent_run"));

        // The page reads it from Query through its own client, by the name that Aspire hands over.
        var page = await browser.NewPageAsync();
        await page.GotoAsync(web.Http.BaseAddress!.AbsoluteUri);
        await Assertions.Expect(new SessionsPageObject(page, web.Http.BaseAddress).Rows).ToHaveCountAsync(1);

        using var figures = await web.Http.GetAsync("/api/ingest", Cancellation);
        Assert.Equal(HttpStatusCode.NotImplemented, figures.StatusCode);
        Assert.Contains("8888/metrics", await figures.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        using var deleted = await web.Http.DeleteAsync($"/api/sessions/{id}", Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal("0", await front.ScalarAsync($"SELECT count() FROM {Database}.otel_traces"));
    }

    [Fact]
    public async Task Migrate_says_what_is_wrong()
    {
        var (missing, text) = await HostProcess.RunAsync("AgentObs.Ingest", ["migrate"], []);
        Assert.Equal(1, missing);
        Assert.Contains("AGENTOBS_CLICKHOUSE_URL", text, StringComparison.Ordinal);
        var (unknown, help) = await HostProcess.RunAsync("AgentObs.Ingest", [], []);
        Assert.Equal(2, unknown);
        Assert.Contains("migrate", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AgentObs.Query", "ASPNETCORE_URLS", "http://0.0.0.0:0", "ASPNETCORE_URLS=http://127.0.0.1:0")]
    [InlineData("AgentObs.Web", "ASPNETCORE_HTTP_PORTS", "0", "ASPNETCORE_URLS=http://127.0.0.1:0")]
    [InlineData("AgentObs.Web", "AGENTOBS_WEB_URL", "http://0.0.0.0:0", "AGENTOBS_WEB_URL=http://127.0.0.1:0")]
    public async Task An_address_for_other_machines_is_refused_without_a_token(string project, string setting, string value, string instead)
    {
        var (exit, output) = await HostProcess.RunAsync(project, [], new() { [setting] = value, ["AGENTOBS_CLICKHOUSE_URL"] = "http://a:b@127.0.0.1:9" });
        Assert.Equal(2, exit);
        Assert.Contains($"Set AGENTOBS_TOKEN to a secret, or {instead}.", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task InsertAsync(FrontClient front, string set)
    {
        foreach (var insert in RecordedExchange.All().Where(exchange => exchange.Set == set && exchange.Kind == "insert"))
        {
            using var reply = await front.SendAsync(insert.Url.Replace("%22otel%22", Database, StringComparison.Ordinal).Replace("%60otel%60", Database, StringComparison.Ordinal), insert.Body, isChunked: true);
            Assert.Equal("", await reply.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HostProcess process, string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var reply = await process.Http.SendAsync(request, Cancellation);
        return reply.StatusCode;
    }
}
