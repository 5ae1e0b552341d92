using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class SessionOwnersTests
{
    [Fact]
    public void A_nested_run_belongs_to_the_outermost_session_over_any_number_of_hops()
    {
        // outer > (t1) codex > (t2) inner claude > (t3) codex2: each trace is shared by two neighbours alone.
        RunLink[] links =
        [
            Link("outer", "t1", 0, 1), Link("codex", "t1", 2, 2),
            Link("codex", "t2", 1, 3), Link("inner", "t2", 2, 4),
            Link("inner", "t3", 2, 5), Link("codex2", "t3", 2, 6),
        ];
        var session = Assert.Single(SessionOwners.Resolve(links));
        Assert.Equal("outer", session.SessionId);
        Assert.Equal(["codex", "codex2", "inner", "outer"], session.RunIds);
        Assert.Equal(["t1", "t2", "t3"], session.TraceIds);
    }

    [Fact]
    public void The_order_of_the_links_is_nothing()
    {
        RunLink[] links = [Link("a", "t1", 0, 5), Link("c", "t1", 2, 1), Link("b", "t2", 0, 9), Link("c", "t2", 2, 2), Link("c", "t3", 2, 3), Link("d", "", 2, 4)];
        var expected = Text(links);
        Assert.Equal("a: a,c / t1,t3; b: b / t2; d: d / ", expected);
        for (var seed = 0; seed < 50; seed++)
        {
            var shuffled = links.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Text([.. shuffled, .. shuffled]));
        }
    }

    private static string Text(RunLink[] links) => string.Join("; ", SessionOwners.Resolve(links)
        .OrderBy(session => session.SessionId, StringComparer.Ordinal)
        .Select(session => $"{session.SessionId}: {string.Join(',', session.RunIds)} / {string.Join(',', session.TraceIds)}"));

    private static RunLink Link(string run, string trace, int rank, long at) => new(run, trace, rank, at, "", at, at + 1);
}
