using AgentObs.Storage;
using AgentObs.Tests.Query;

namespace AgentObs.Tests.Containers;

/// <summary>
/// Query on a cluster's names: under the usual names stand tables that hold nothing and ask others. libchdb has no keeper and no cluster of its own,
/// so these are a Distributed table over one shard (<c>remote</c>), and one over two shards that a Merge table reads, each trace on one of them.
/// </summary>
public sealed class ClusterNamesTests
{
    private static readonly string[] Sharded = ["otel_traces", "otel_logs", "otel_metrics_sum", "otel_metrics_gauge", "otel_metrics_histogram", "agentobs_traces", "agentobs_run_traces", "agentobs_trace_runs"];

    /// <summary>Links between a run and its traces belong where the run's other rows are.</summary>
    private static readonly Dictionary<string, string> Keys = new() { ["agentobs_run_traces"] = "RunId", ["otel_metrics_sum"] = "PointId", ["otel_metrics_gauge"] = "PointId", ["otel_metrics_histogram"] = "PointId" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Query_answers_the_same_over_distributed_tables(int shards)
    {
        await using var host = await ReplayHost.StartAsync();
        await host.ReplayAsync("claude-codex3");
        await host.ReplayAsync("codex-standalone");
        var before = await AnswersAsync(host);

        foreach (var table in Sharded)
        {
            await (shards == 1 ? DistributeAsync(host.Store, table) : SplitAsync(host.Store, table));
        }

        // A host of its own: nothing of what the first one remembers answers here.
        await using var cluster = await QueryHost.StartAsync(host.Options);
        var after = await AnswersAsync(cluster);
        Assert.Equal(before.Keys, after.Keys);
        foreach (var (path, answer) in before)
        {
            Assert.True(answer == after[path], $"{path}\n{answer}\n{after[path]}");
        }
    }

    private static async Task<SortedDictionary<string, string>> AnswersAsync(QueryHost host)
    {
        var sessions = await host.GetAsync<AgentObs.Query.SessionList>("/api/sessions");
        Assert.Equal(2, sessions.Sessions.Count);
        var paths = sessions.Sessions.SelectMany(session => new[] { $"/api/sessions/{session.Id}/tree?folded=false", $"/api/sessions/{session.Id}/stitching", $"/api/traces/{session.TraceIds[0]}" })
            .Concat(["/api/traces?limit=200", "/api/logs?limit=200", "/api/tasks"]);
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            answers[path] = await host.TextAsync(path);
        }

        return answers;
    }

    private static async Task DistributeAsync(ClickHouseStore store, string table)
    {
        await RunAsync(store, $"RENAME TABLE {table} TO {table}_local");
        await RunAsync(store, $"CREATE TABLE {table} AS remote('127.0.0.1', '{store.Database}', '{table}_local')");
    }

    private static async Task SplitAsync(ClickHouseStore store, string table)
    {
        await RunAsync(store, $"RENAME TABLE {table} TO {table}_all");
        for (var shard = 0; shard < 2; shard++)
        {
            await RunAsync(store, $"CREATE TABLE {table}_shard{shard} AS {table}_all");
            await RunAsync(store, $"INSERT INTO {table}_shard{shard} ({await InsertableAsync(store, table)}) SELECT {await InsertableAsync(store, table)} FROM {table}_all WHERE cityHash64({Keys.GetValueOrDefault(table, "TraceId")}) % 2 = {shard}");
        }

        await RunAsync(store, $"CREATE TABLE {table} AS {table}_all ENGINE = Merge('{store.Database}', '^{table}_shard[01]$')");
    }

    private static async Task<string> InsertableAsync(ClickHouseStore store, string table) => string.Join(", ", await store.QueryAsync(
        new SqlFile("columns", "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS') ORDER BY position"),
        new Dictionary<string, object?> { ["table"] = $"{table}_all" }, row => $"`{row.GetString(0)}`", Cancellation));

    private static Task RunAsync(ClickHouseStore store, string sql) => store.ExecuteAsync(new SqlFile("cluster", sql), null, Cancellation);
}
