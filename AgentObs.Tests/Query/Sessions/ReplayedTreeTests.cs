using AgentObs.Query;
using AgentObs.Storage;
using AgentObs.Tests.Ingest;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>The whole way: recorded requests through Ingest into the engine, links, loader, builder give the reviewed trees.</summary>
public sealed class ReplayedTreeTests
{
    public static TheoryData<string> Scenarios => [.. Recording.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Gives_the_reviewed_tree(string scenario)
    {
        await using var host = await IngestHost.StartAsync();
        await SendAsync(host, scenario);
        ExpectedTrees.Check(scenario, await TextAsync(host.Store));

        // Twice the same telemetry is once the same session.
        await SendAsync(host, scenario);
        ExpectedTrees.Check(scenario, await TextAsync(host.Store));
    }

    private static async Task SendAsync(IngestHost host, string scenario)
    {
        foreach (var request in RecordedRequest.Of(scenario))
        {
            if (request.Signal is "traces" or "logs")
            {
                var (status, _, _) = await OtlpClient.HttpAsync(host.Http, request.Signal, request.Body, request.IsJson ? "application/json" : "application/x-protobuf");
                Assert.Equal(200, status);
            }
        }
    }

    private static async Task<string> TextAsync(ClickHouseStore store)
    {
        var ct = TestContext.Current.CancellationToken;
        var links = new SessionLinks(store, NullLogger<SessionLinks>.Instance);
        var loader = new SessionLoader(store, new StrayReader(store), new Later());
        var joins = new InferredJoins(store);
        var sessions = await ResolveAsync(store, links);
        foreach (var session in sessions)
        {
            if (SessionTreeBuilder.Build(await loader.LoadAsync(session, ct)) is { } built)
            {
                await joins.FindAsync(session, built, ct);
            }
        }

        var texts = new List<(long Start, string Text)>();
        foreach (var session in await ResolveAsync(store, links))
        {
            if (SessionTreeBuilder.Build(await loader.LoadAsync(session, ct)) is { } built)
            {
                texts.Add((built.Session.Start.Value, SessionText.Of(built)));
            }
        }

        return texts.Count == 0 ? "no session\n" : string.Join('\n', texts.OrderBy(text => text.Start).Select(text => text.Text));
    }

    private static async Task<List<SessionMembers>> ResolveAsync(ClickHouseStore store, SessionLinks links)
    {
        var ct = TestContext.Current.CancellationToken;
        var runs = await store.QueryAsync(new SqlFile("runs", "SELECT DISTINCT RunId FROM agentobs_run_traces ORDER BY RunId"), null, row => row.GetString(0), ct);
        return runs.Count == 0 ? [] : await links.ResolveAsync(runs, [], ct);
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddHours(1);
    }
}
