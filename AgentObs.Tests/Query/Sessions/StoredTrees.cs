using AgentObs.Query;
using AgentObs.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>The trees of all that a store holds, by the readers that the API uses, as of an hour after it came.</summary>
internal static class StoredTrees
{
    public static async Task<string> TextAsync(ClickHouseStore store)
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
