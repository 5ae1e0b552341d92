using System.Text.Json;
using AgentObs.Tests.Repository;
using AgentObs.Tests.Storage;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What the stock collector really inserted, stored as it is, gives the same trees as the same telemetry through Ingest.</summary>
public sealed class CollectorTreeTests
{
    [Theory]
    [InlineData("claude-bash")]
    [InlineData("claude-codex3")]
    [InlineData("codex-standalone")]
    [InlineData("openai-responses")]
    public async Task Gives_the_reviewed_tree(string scenario)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var store = await EngineFixture.OpenDatabaseAsync();
        using var addresses = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Collector, "insert-addresses.json"), ct));
        using var index = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Collector, "index.json"), ct));
        foreach (var insert in index.RootElement.EnumerateArray().Where(insert => insert.GetProperty("set").GetString() == scenario))
        {
            var address = addresses.RootElement.GetProperty(insert.GetProperty("table").GetString()!).GetString()!
                .Replace("%22otel%22", store.Database, StringComparison.Ordinal).Replace("%60otel%60", store.Database, StringComparison.Ordinal);
            await using var body = File.OpenRead(Path.Combine(RepositoryFiles.Collector, insert.GetProperty("file").GetString()!));
            using var reply = await store.Http.PostAsync(address.TrimStart('/'), new StreamContent(body), ct);
            reply.EnsureSuccessStatusCode();
        }

        ExpectedTrees.Check(scenario, await StoredTrees.TextAsync(store));
    }
}
