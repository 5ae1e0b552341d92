using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Tests.Storage;

namespace AgentObs.Tests.Query;

public sealed class CurrentStateTests
{
    private const long Now = 1_795_348_800_000;

    [Theory]
    [InlineData("done", true, 0, null, "running")]
    [InlineData("done", true, 60_000, null, "running")]
    [InlineData("done", true, 60_001, null, "done")]
    [InlineData("failed", false, 0, null, "failed")]
    [InlineData("unknown", true, 100_000, null, "unknown")]
    [InlineData("unknown", true, 100_000, 4_999L, "unknown")]
    [InlineData("unknown", true, 0, 4_999L, "running")]
    [InlineData("unknown", true, 0, 5_000L, "waiting")]
    [InlineData("done", false, 3_600_000, 3_600_000L, "waiting")]
    [InlineData("unknown", true, 43_200_000, 43_200_000L, "unknown")]
    public async Task The_statement_and_the_tree_say_the_same(string lastTurn, bool rootOpen, long received, long? asked, string expected)
    {
        await using var store = await EngineFixture.OpenDatabaseAsync();
        var ct = TestContext.Current.CancellationToken;
        await new SessionRowStore(store).WriteAsync(
            [new SessionRow { SessionId = "s", LastTurn = lastTurn, RootOpen = rootOpen, LastReceivedAt = Now - received, OpenDecisionAt = asked is { } ago ? Now - ago : 0 }], ct);
        var reader = new SessionReader(store, new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(Now)));
        Assert.Equal(expected, (await reader.FindAsync("s", ct))?.State);
        foreach (var state in SessionStates.All)
        {
            var page = await reader.ListAsync(SessionSearch.Parse(null, null, null, null, state, null, null, null), ct);
            Assert.Equal(state == expected ? 1 : 0, page.Sessions.Count);
        }

        var facts = new StateFacts(lastTurn, rootOpen, Milliseconds(Now - received), asked is { } since ? Milliseconds(Now - since) : null);
        Assert.Equal(expected, CurrentState.At(facts, Milliseconds(Now)));
    }

    private static UnixNano Milliseconds(long value) => new(value * 1_000_000);
}
