using AgentObs.Conventions;
using AgentObs.Ingest;
using AgentObs.Query;
using AgentObs.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace AgentObs.Tests.Query.Retention;

/// <summary>Query and Ingest on a database of their own, with limits, and a clock that a test sets; passes are run by the test.</summary>
internal sealed class RetentionHost : IAsyncDisposable
{
    private RetentionHost(QueryHost query, FixedTime time)
    {
        Query = query;
        Time = time;
    }

    public QueryHost Query { get; }

    public FixedTime Time { get; }

    public ClickHouseStore Store => Query.Store;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="days">AGENTOBS_RETENTION_DAYS.</param>
    /// <param name="gigabytes">AGENTOBS_RETENTION_GB.</param>
    public static async Task<RetentionHost> StartAsync(string days = "0", string gigabytes = "0")
    {
        var time = new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(TestIds.Noon / 1_000_000));
        var options = RetentionOptions.From(name => name == Setting.RetentionDays.Variable ? days : name == Setting.RetentionGigabytes.Variable ? gigabytes : null);
        return new RetentionHost(
            await QueryHost.StartAsync(
                configure: services => services
                    .AddSingleton<TimeProvider>(time)
                    .AddSingleton(options)
                    .AddAgentObsIngest(new IngestOptions(new Uri("http://127.0.0.1:0"), new Uri("http://127.0.0.1:0"))),
                map: app => app.MapAgentObsIngest()),
            time);
    }

    public Task PassAsync() => Query.Services.GetRequiredService<RetentionPass>().RunAsync(Cancellation);

    public Task<RetentionSummary> SummaryAsync() => Query.GetAsync<RetentionSummary>("/api/retention");

    public Task ExecuteAsync(string sql) => Store.ExecuteAsync(new SqlFile("test", sql), null, Cancellation);

    public async Task<long> CountAsync(string table) =>
        (await Store.QueryAsync(new SqlFile("count", $"SELECT count() FROM {table}"), null, row => (long)row.Number(0), Cancellation)).Single();

    /// <summary>The list's sessions with their spans, and the same of each one's tree: they agree.</summary>
    public async Task<string> SessionsAsync()
    {
        var list = (await Query.GetAsync<SessionList>("/api/sessions")).Sessions;
        foreach (var session in list)
        {
            var tree = (await Query.GetAsync<SessionTree>($"/api/sessions/{Uri.EscapeDataString(session.Id)}/tree")).Session;
            Assert.Equal(tree with { State = "" }, session with { State = "", TraceIds = tree.TraceIds, Tasks = tree.Tasks });
            Assert.Equal(tree.TraceIds, session.TraceIds);
        }

        return string.Join(',', list.Select(session => $"{session.Id}:{session.Spans}").Order(StringComparer.Ordinal));
    }

    public ValueTask DisposeAsync() => Query.DisposeAsync();
}
