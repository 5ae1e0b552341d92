using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What holds for the tree of every recorded scenario, however its rows come.</summary>
public sealed class RecordedTreeTests
{
    private static readonly UnixNano LongAfter = new(1_900_000_000_000_000_000);

    public static TheoryData<string> Scenarios => [.. Recording.Names];

    /// <summary>Two app-server sessions in one recording are told apart by the loader: <see cref="ReplayedTreeTests"/> has them.</summary>
    public static TheoryData<string> OneSessionScenarios => [.. Recording.Names.Where(name => name != "codex-appserver")];

    [Theory]
    [MemberData(nameof(OneSessionScenarios))]
    public void Is_as_reviewed(string scenario) => ExpectedTrees.Check(scenario, Text(Build(Recording.Load(scenario))));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Depends_on_the_set_of_rows_alone(string scenario)
    {
        var recording = Recording.Load(scenario);
        var expected = Text(Build(recording));
        var random = new Random(7);
        for (var round = 0; round < 5; round++)
        {
            var spans = recording.Spans.OrderBy(_ => random.Next()).ToList();
            var logs = recording.Logs.OrderBy(_ => random.Next()).ToList();
            spans.AddRange(spans.Take(spans.Count / 3));
            logs.AddRange(logs.Take(logs.Count / 3));
            Assert.Equal(expected, Text(Build(spans, logs)));
        }
    }

    /// <summary>Every prefix of what came, and every random part of it: nothing throws, nothing is lost, no token is counted twice.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Holds_for_any_part_of_the_rows(string scenario)
    {
        var recording = Recording.Load(scenario);
        var all = Build(recording);
        var random = new Random(11);
        for (var round = 0; round < 10; round++)
        {
            var share = random.NextDouble();
            var spans = recording.Spans.Where(_ => random.NextDouble() < share).ToList();
            var logs = recording.Logs.Where(_ => random.NextDouble() < share).ToList();
            foreach (var folded in (ReadOnlySpan<bool>)[true, false])
            {
                if (Build(spans, logs, folded) is { } part)
                {
                    Invariants.Check(part, spans.Count, folded);
                    AssertNoMore(part.Session.Tokens, all!.Session.Tokens);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Own_and_folded_add_up_to_all_and_opening_the_folds_changes_no_figure(string scenario)
    {
        var recording = Recording.Load(scenario);
        if (Build(recording) is not { } folded)
        {
            return;
        }

        var open = Build(recording, folded: false)!;
        Invariants.Check(folded, recording.Spans.Count);
        Invariants.Check(open, recording.Spans.Count, folded: false);
        Assert.Equal(0, open.Nodes.Sum(node => node.Folded.Spans));
        Assert.Equal(folded.Session with { TraceIds = [], Tasks = [] }, open.Session with { TraceIds = [], Tasks = [] });
        Assert.Equal(folded.Nodes[0].TotalTokens, open.Nodes[0].TotalTokens);
        Assert.Subset(open.Nodes.Select(node => node.Id).ToHashSet(), folded.Nodes.Select(node => node.Id).ToHashSet());
    }

    /// <summary>A parent that is lost has a placeholder with the id of its own node, to which it gives way when the parent lands.</summary>
    [Theory]
    [InlineData("claude-bash", "claude_code.interaction")]
    [InlineData("claude-bash", "claude_code.tool")]
    [InlineData("claude-subagent", "claude_code.tool")]
    [InlineData("sdk-ts", "step")]
    [InlineData("copilot-sub", "execute_tool task")]
    public void A_late_parent_takes_the_place_of_its_placeholder(string scenario, string late)
    {
        var recording = Recording.Load(scenario);
        var before = Build([.. recording.Spans.Where(span => span.Name != late)], recording.Logs)!;
        var after = Build(recording)!;
        var placeholders = before.Nodes.Where(node => node.Placeholder).ToList();
        Assert.NotEmpty(placeholders);
        foreach (var placeholder in placeholders)
        {
            var landed = Assert.Single(after.Nodes, node => node.Id == placeholder.Id);
            Assert.False(landed.Placeholder);
            Assert.All(before.Nodes.Where(node => node.ParentId == placeholder.Id), child => Assert.Contains(after.Nodes, node => node.Id == child.Id));
        }
    }

    [Fact]
    public void Placeholders_say_whether_to_wait()
    {
        var recording = Recording.Load("claude-inbound");
        var now = new UnixNano(recording.Spans.Max(span => span.ReceivedAt.Value));
        Assert.Contains(Build(recording.Spans, recording.Logs, now: now.Plus(1_000_000_000))!.Nodes, node => node is { Placeholder: true, Name: "not received yet" });
        Assert.Contains(Build(recording)!.Nodes, node => node is { Placeholder: true, Name: "never received" });
    }

    private static void AssertNoMore(TokenCounts part, TokenCounts all) => Assert.True(
        part.Input <= all.Input && part.CacheRead <= all.CacheRead && part.CacheWrite <= all.CacheWrite && part.Output <= all.Output && part.Reasoning <= all.Reasoning,
        $"{part} is more than {all}");

    private static BuiltSession? Build(Recording recording, bool folded = true) => Build(recording.Spans, recording.Logs, folded);

    private static BuiltSession? Build(List<SpanRow> spans, List<LogRow> logs, bool folded = true, UnixNano? now = null) =>
        SessionTreeBuilder.Build(new SessionInput("", spans, logs, [], now ?? LongAfter), folded);

    private static string Text(BuiltSession? built) => built is null ? "no session\n" : SessionText.Of(built);
}
