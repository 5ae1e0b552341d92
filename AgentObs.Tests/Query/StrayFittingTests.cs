using AgentObs.Query;

namespace AgentObs.Tests.Query;

public sealed class StrayFittingTests
{
    private const long Second = TestIds.Second;

    [Fact]
    public void A_stray_fits_a_run_of_its_service_and_time()
    {
        RunLink[] links = [Link("a", "codex_exec", 100, 110), Link("claude", "claude-code", 0, 1000)];
        var fits = StrayFitting.Fit([Stray("before", 97), Stray("in", 105), Stray("after", 113), Stray("late", 200), Stray("early", 90)], links);
        Assert.Equal(["before", "in", "after"], fits.Select(fit => fit.Stray.TraceId));
        Assert.All(fits, fit => Assert.Equal("a", fit.RunId));
    }

    [Fact]
    public void Of_several_runs_the_one_that_started_last_gets_it_and_the_others_are_named()
    {
        RunLink[] links = [Link("a", "codex_exec", 100, 130), Link("b", "codex_exec", 110, 120)];
        var fit = Assert.Single(StrayFitting.Fit([Stray("s", 112)], links));
        Assert.Equal("b", fit.RunId);
        Assert.Equal(["a", "b"], fit.RunIds.Order());
        Assert.Equal("a", Assert.Single(StrayFitting.Fit([Stray("s", 108)], links)).RunId);
    }

    private static Stray Stray(string id, long at) => new(id, "codex_exec", "", at * Second, (at * Second) + 1);

    private static RunLink Link(string run, string service, long start, long end) => new(run, "t-" + run, 2, start * Second, service, start * Second, end * Second);
}
