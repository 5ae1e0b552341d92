using AgentObs.Cli.Doctor;
using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>What a stitching report says, and which setting it points at.</summary>
public sealed class NestingJudgeTests
{
    private const long Second = 1_000_000_000;
    private static readonly TokenCounts NoTokens = new(0, 0, 0, 0, 0);
    private static readonly SessionSummary Claude = Session("c1", "claude-code", 100, "run three codex");

    [Fact]
    public void A_run_that_began_during_the_call_as_a_session_of_its_own_lost_its_TRACEPARENT()
    {
        var separate = Find("nesting.separate", WithCall(), Claude, Session("x1", "codex", 103, "list the files"));

        Assert.Equal(FindingLevel.Problem, separate.Level);
        Assert.Contains("TRACEPARENT did not reach it", separate.Found, StringComparison.Ordinal);
        Assert.Contains("session x1 began meanwhile", Assert.Single(separate.Evidence), StringComparison.Ordinal);
        Assert.Contains("setup", separate.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_which_nothing_came_is_not_taken_for_another_one_of_an_hour_later()
    {
        var absent = Find("nesting.absent", WithCall(), Claude, Session("x1", "codex", 3700, "another"));

        Assert.Equal(FindingLevel.Warning, absent.Level);
        Assert.Contains("run -- claude", absent.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_from_before_the_settings_were_changed_are_no_problem() =>
        Assert.DoesNotContain(
            NestingCheck.Judge([WithCall() with { IsBefore = true }], [Claude, Session("x1", "codex", 103, "")]), finding => finding is { Level: FindingLevel.Problem });

    [Fact]
    public void What_never_came_and_what_hangs_nowhere_is_told()
    {
        var report = Report() with
        {
            RunsWithoutParent = [new StitchingItem("run:x", "codex", "nothing names its parent", 1)],
            MissingRoots = [new StitchingItem("run:x", "codex", "its root span was not received", 1)],
        };
        var one = WithCall() with { Report = report };

        Assert.Contains("\"run three codex\": codex: nothing names its parent", Find("nesting.parentless", one, Claude).Evidence);
        Assert.Equal(FindingLevel.Warning, Find("nesting.lost", one, Claude).Level);
        Assert.DoesNotContain(NestingCheck.Judge([one with { Session = Claude with { State = SessionStates.Running } }], [Claude]), finding => finding?.Id == "nesting.lost");
    }

    private static Finding Find(string id, NestingCase one, params SessionSummary[] all) =>
        NestingCheck.Judge([one], all).OfType<Finding>().Single(finding => finding.Id == id);

    private static NestingCase WithCall() => new(
        Claude,
        Report() with { CallsWithoutChild = [new StitchingItem("call:1", "Bash", "its command runs codex, and no run of it was received below this call", 1)] },
        [new TreeNode(
            "call:1", "t", NodeKinds.ToolCall, "Bash", "codex exec ls", "claude-code", null, null, null, At(102), 5 * Second, "ok", null, null,
            NoTokens, NoTokens, null, new FoldCount(0, 0), null, 1, false)],
        IsBefore: false,
        Unsampled: false);

    private static StitchingReport Report() => new("c1", 1, [], [], [], [], [], [], []);

    private static SessionSummary Session(string id, string agent, long start, string title) =>
        new(id, agent, title, At(start), At(start + 20), SessionStates.Done, 1, 0, 10, 0, NoTokens, [], null, null, 1, ["t"]);

    private static UnixNano At(long second) => new((1_700_000_000 + second) * Second);
}
