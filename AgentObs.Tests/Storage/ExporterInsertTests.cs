using System.Net;
using System.Text.Json;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Storage;

/// <summary>
/// Inserts of the stock collector's exporter (contrib 0.161.0), recorded byte for byte: its own columns and types, LowCardinality blocks,
/// settings in the address. Of the set <c>edge</c> every value type, odd enums and times, all five kinds of metrics.
/// </summary>
public sealed class ExporterInsertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recorded_inserts_of_the_exporter_are_stored_whole()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        using var addresses = await ReadAsync("insert-addresses.json");
        using var index = await ReadAsync("index.json");
        var expected = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var insert in index.RootElement.EnumerateArray().Where(insert => insert.GetProperty("set").GetString() is "edge" or "claude-bash"))
        {
            var table = insert.GetProperty("table").GetString()!;
            expected[table] = expected.GetValueOrDefault(table) + insert.GetProperty("rows").GetInt32();
            var address = addresses.RootElement.GetProperty(table).GetString()!
                .Replace("%22otel%22", store.Database, StringComparison.Ordinal).Replace("%60otel%60", store.Database, StringComparison.Ordinal);
            await using var body = File.OpenRead(Path.Combine(RepositoryFiles.Collector, insert.GetProperty("file").GetString()!));
            using var reply = await store.Http.PostAsync(address.TrimStart('/'), new StreamContent(body), Cancellation);
            Assert.Equal("", await reply.Content.ReadAsStringAsync(Cancellation));
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Contains("\"written_rows\":", reply.Headers.GetValues("X-ClickHouse-Summary").Single(), StringComparison.Ordinal);
        }

        Assert.Equal(7, expected.Count);
        foreach (var (table, rows) in expected)
        {
            Assert.Equal(rows, await store.SingleAsync<int>($"SELECT count() FROM {table}", Cancellation));
        }

        // What the rows of a real Claude session become.
        Assert.Equal(6, await store.SingleAsync<int>("SELECT count() FROM otel_traces WHERE startsWith(ScopeName, 'com.anthropic') AND length(RunId) = 36", Cancellation));
        Assert.Equal(1, await store.SingleAsync<int>("SELECT uniqExact(RunId) FROM otel_traces WHERE startsWith(ScopeName, 'com.anthropic')", Cancellation));
        Assert.Equal(1, await store.SingleAsync<int>("SELECT tupleElement(min(Claim), 1) = 0 FROM agentobs_run_traces WHERE length(RunId) = 36 AND TraceId != ''", Cancellation));
        Assert.True(await store.SingleAsync<int>("SELECT sum(TokInput) FROM otel_traces WHERE Kind = 'model_call'", Cancellation) > 0);
    }

    [Fact]
    public async Task A_refusal_has_the_servers_status_number_and_text()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        using var reply = await store.Http.PostAsync("?query=SELECT%20nosuch", null, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("47", reply.Headers.GetValues("X-ClickHouse-Exception-Code").Single());
        Assert.StartsWith("Code: 47. DB::Exception: ", await reply.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var ping = await store.Http.GetAsync("ping", Cancellation);
        Assert.Equal("Ok.\n", await ping.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_json_document_is_one_document()
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        using var reply = await store.Http.PostAsync($"?database={store.Database}", new StringContent("SELECT number FROM numbers(200000) FORMAT JSON"), Cancellation);
        using var document = JsonDocument.Parse(await reply.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal(200000, document.RootElement.GetProperty("rows").GetInt32());
    }

    private static async Task<JsonDocument> ReadAsync(string file) =>
        JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Collector, file), Cancellation));
}
