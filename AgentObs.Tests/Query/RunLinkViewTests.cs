using AgentObs.Storage;
using AgentObs.Tests.Repository;
using AgentObs.Tests.Storage;

namespace AgentObs.Tests.Query;

/// <summary>The one view of 023 makes of recorded spans the links that the three views of 010, 017 and 018 say.</summary>
public sealed class RunLinkViewTests
{
    private const string Columns = "RunId, TraceId, min(Claim), max(Agent)::String, min(Start), max(End)";

    private static readonly string[] Views = ["010_agentobs_run_traces_from_spans", "017_agentobs_run_traces_from_parents", "018_agentobs_run_traces_from_launcher"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_view_says_what_three_said()
    {
        await using var host = await ReplayHost.StartAsync();
        foreach (var scenario in (string[])["claude-codex3", "claude-nest-bashenv", "claude-copilot-bashenv", "codex-standalone", "openai-responses"])
        {
            await host.ReplayAsync(scenario, request => request.Signal == "traces");
        }

        // Launches are in no recording: the same spans once more, as the launcher and what it started send them.
        await host.Store.ExecuteAsync(
            new SqlFile("launched", """
                INSERT INTO otel_traces (Timestamp, TraceId, SpanId, SpanName, ServiceName, Duration, ResourceAttributes, SpanAttributes)
                SELECT Timestamp, if(SpanName = 'initialize', '', TraceId), SpanId, if(ParentSpanId = '', 'agentobs.run', SpanName), ServiceName, Duration,
                    mapConcat(ResourceAttributes, if(cityHash64(SpanId) % 3 = 0, map('agentobs.run.id', substring(TraceId, 1, 8)), map())),
                    mapConcat(SpanAttributes, if(cityHash64(SpanId) % 3 = 1, map('agentobs.run.id', 'own'), map()))
                FROM otel_traces
                """),
            null, Cancellation);

        var three = string.Join(" UNION ALL ", Views
            .Select(name => RepositoryFiles.Read($"clickhouse/schema/{name}.sql")).Select(text => text[text.IndexOf("\nSELECT", StringComparison.Ordinal)..]));
        var said = $"SELECT {Columns} FROM ({three}) GROUP BY RunId, TraceId";
        var stored = $"SELECT {Columns} FROM agentobs_run_traces WHERE (RunId, TraceId) IN (SELECT RunId, TraceId FROM ({three})) GROUP BY RunId, TraceId";

        Assert.True(await CountAsync(said) > 50);
        Assert.True(await CountAsync(said + " HAVING startsWith(RunId, 'launch:')") > 2);
        Assert.Equal(0, await CountAsync($"({said}) EXCEPT ({stored})"));

        // The projector's inferred joins are the others; none of them is a launch's.
        Assert.Equal(0, await CountAsync($"SELECT RunId, TraceId FROM agentobs_run_traces WHERE startsWith(RunId, 'launch:') AND (RunId, TraceId) NOT IN (SELECT RunId, TraceId FROM ({three}))"));
        Assert.Equal(0, await CountAsync("SELECT name FROM system.tables WHERE database = currentDatabase() AND name IN ('agentobs_run_traces_from_parents', 'agentobs_run_traces_from_launcher')"));

        Task<int> CountAsync(string sql) => host.Store.SingleAsync<int>($"SELECT count() FROM ({sql})", Cancellation);
    }
}
