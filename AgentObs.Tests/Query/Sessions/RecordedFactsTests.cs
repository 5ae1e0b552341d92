using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>Facts of single scenarios that a change of the reviewed texts must not lose.</summary>
public sealed class RecordedFactsTests
{
    /// <summary>
    /// Input, cache read, cache write, output, reasoning as the clients' own transcripts have them (Claude: each request's usage once; codex: the
    /// rollout's last token_count). Of the killed ones the response that the model API had answered.
    /// </summary>
    [Theory]
    [InlineData("claude-bash", 2410, 3000, 3000, 85, 0)]
    [InlineData("claude-bash-nobeta", 2410, 3000, 3000, 85, 0)]
    [InlineData("claude-inbound-unsampled", 2410, 3000, 3000, 85, 0)]
    [InlineData("claude-codex3", 10210, 7500, 3000, 400, 75)]
    [InlineData("claude-continue", 3610, 3000, 6000, 125, 0)]
    [InlineData("claude-nest", 10020, 9000, 6000, 380, 50)]
    [InlineData("claude-subagent", 12280, 16500, 9000, 465, 25)]
    [InlineData("codex-fail", 2600, 1500, 0, 130, 0)]
    [InlineData("codex-inbound-unsampled", 2600, 1500, 0, 105, 25)]
    [InlineData("codex-logsonly", 2600, 1500, 0, 105, 25)]
    [InlineData("codex-slowerr", 2000, 0, 0, 60, 0)]
    [InlineData("codex-standalone", 2600, 1500, 0, 105, 25)]
    [InlineData("codex-kill-KILL", 2000, 0, 0, 60, 0)]
    public void Tokens_are_the_transcripts(string scenario, int input, int cacheRead, int cacheWrite, int output, int reasoning) =>
        Assert.Equal(new TokenCounts(input, cacheRead, cacheWrite, output, reasoning), Build(scenario).Session.Tokens);

    [Fact]
    public void Three_codex_runs_hang_in_the_bash_call_that_started_them()
    {
        var built = Build("claude-codex3");
        var bash = Assert.Single(built.Nodes, node => node is { Kind: NodeKinds.ToolCall, Name: "Bash" });
        var runs = built.Nodes.Where(node => node.Kind == NodeKinds.AgentRun).ToList();
        Assert.Equal(3, runs.Count);
        Assert.All(runs, run => Assert.Equal((bash.Id, "codex", EdgeEvidence.Proven), (run.ParentId, run.Agent, run.Edge!.Grade)));
        Assert.True(built.Nodes.Count <= 51, $"{built.Nodes.Count} rows");
        Assert.Single(built.Stitching.Unassigned);
        Assert.Empty(built.Stitching.CallsWithoutChild);
    }

    [Fact]
    public void A_command_that_fails_under_codex_is_a_failed_node_with_its_exit_code()
    {
        var built = Build("codex-fail");
        var call = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.ToolCall);
        Assert.Equal(("exec_command", "ls /nonexistent-dir", "error", 2), (call.Name, call.Detail, call.Status, call.ExitCode));
        Assert.Equal(1, built.Session.Errors);
    }

    [Fact]
    public void A_grandchild_hangs_under_the_call_of_the_middle_agent()
    {
        foreach (var (scenario, grade) in (ReadOnlySpan<(string, string)>)[("claude-nest", EdgeEvidence.Inferred), ("claude-nest-bashenv", EdgeEvidence.Proven)])
        {
            var built = Build(scenario);
            var middle = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.ToolCall && node.Detail?.Contains("grandchild codex", StringComparison.Ordinal) == true);
            var children = built.Nodes.Where(node => node.ParentId == middle.Id && node.Kind == NodeKinds.AgentRun).ToList();
            Assert.Equal(["codex", "claude-code"], children.Select(child => child.Agent));
            Assert.All(children, child => Assert.Equal(grade, child.Edge!.Grade));
        }
    }

    /// <summary>One Bash call starts two codex, and the second begins while a command of the first runs a codex, too.</summary>
    [Fact]
    public void A_run_stays_where_its_prompt_stands()
    {
        const string Prompt = "SCENARIO:ls grandchild codex";
        var recording = Recording.Load("claude-nest");
        AttributeMap Moved(AttributeMap map) => Recording.Map([.. Enumerable.Range(0, map.Count).Select(i => (map.KeyAt(i), map.KeyAt(i) switch
        {
            "full_command" => map.ValueAt(i) + "; codex exec " + Prompt,
            "arguments" => map.ValueAt(i).Replace(Prompt, "something else", StringComparison.Ordinal),
            _ => map.ValueAt(i),
        }))]);
        var built = SessionTreeBuilder.Build(new SessionInput(
            "",
            [.. recording.Spans.Select(span => Variant.Of(span, attributes: Moved(span.Attributes)))],
            [.. recording.Logs.Select(log => Variant.Of(log, attributes: Moved(log.Attributes)))],
            [],
            default))!;
        var run = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.AgentRun && node.Detail == Prompt);
        Assert.Equal("Bash", Assert.Single(built.Nodes, node => node.Id == run.ParentId).Name);
        Assert.Equal(EdgeEvidence.Proven, run.Edge!.Grade);
    }

    [Fact]
    public void Copilot_is_joined_by_inference_and_by_its_callers_word()
    {
        Assert.Equal(EdgeEvidence.Inferred, Assert.Single(Build("claude-copilot").Nodes, node => node.Kind == NodeKinds.AgentRun).Edge!.Grade);
        Assert.Equal(EdgeEvidence.Proven, Assert.Single(Build("claude-copilot-bashenv").Nodes, node => node.Kind == NodeKinds.AgentRun).Edge!.Grade);
    }

    [Fact]
    public void A_killed_codex_shows_the_call_that_was_running()
    {
        var built = Build("codex-kill-TERM");
        Assert.Contains(built.Nodes, node => node is { Kind: NodeKinds.ToolCall, Name: "exec_command", Placeholder: true });
        Assert.True(built.Session.Completeness < 1);
        Assert.Contains(built.Stitching.MissingRoots, item => item.NodeId.StartsWith("run:", StringComparison.Ordinal));
        Assert.NotEmpty(built.Stitching.MissingParents);
        Assert.True(built.State.RootOpen);
    }

    [Fact]
    public void Runtime_traces_without_any_id_make_no_session()
    {
        var recording = Recording.Load("codex-standalone");
        var strays = recording.Spans.Where(span => span.Name is "auth" or "get_model_info" or "fs.read_file" && span.ParentSpanId.Length == 0).ToList();
        Assert.NotEmpty(strays);
        Assert.Null(SessionTreeBuilder.Build(new SessionInput("", strays, [], [], default)));
    }

    [Fact]
    public void An_error_inside_a_fold_is_counted_where_it_folds()
    {
        var recording = Recording.Load("codex-standalone");
        var broken = recording.Spans.First(span => span.Name == "shell_snapshot");
        List<SpanRow> spans = [.. recording.Spans.Where(span => span != broken), Failed(broken)];
        var built = SessionTreeBuilder.Build(new SessionInput("", spans, recording.Logs, [], default))!;
        Assert.Equal(1, built.Session.Errors);
        Assert.Equal(1, Assert.Single(built.Nodes, node => node.Folded.Errors > 0).Folded.Errors);
        Assert.Equal(1, SessionTreeBuilder.Build(new SessionInput("", spans, recording.Logs, [], default), folded: false)!.Nodes.Count(node => node.Status == "error"));
    }

    [Fact]
    public void The_order_of_equal_keys_means_nothing()
    {
        var recording = Recording.Load("claude-codex3");
        List<SpanRow> turned = [.. recording.Spans.Select(Reversed)];
        Assert.Equal(SessionText.Of(Build("claude-codex3")), SessionText.Of(SessionTreeBuilder.Build(new SessionInput("", turned, recording.Logs, [], LongAfter))!));
    }

    [Fact]
    public void A_gap_in_event_sequence_is_named()
    {
        var recording = Recording.Load("claude-bash");
        List<LogRow> logs = [.. recording.Logs.Where(log => log.Event != "tool_decision")];
        var built = SessionTreeBuilder.Build(new SessionInput("", recording.Spans, logs, [], LongAfter))!;
        Assert.Equal(1, Assert.Single(built.Stitching.MissingRecords).Count);
        Assert.True(built.Session.Completeness < 1);
    }

    private static readonly UnixNano LongAfter = new(1_900_000_000_000_000_000);

    private static BuiltSession Build(string scenario)
    {
        var recording = Recording.Load(scenario);
        return SessionTreeBuilder.Build(new SessionInput("", recording.Spans, recording.Logs, [], LongAfter))!;
    }

    private static SpanRow Failed(SpanRow span) => Copy(span, "Error", span.Attributes);

    private static SpanRow Reversed(SpanRow span) => Copy(span, span.StatusCode, new AttributeMap(
        [.. Enumerable.Range(0, span.Attributes.Count).Reverse().Select(span.Attributes.KeyAt)],
        [.. Enumerable.Range(0, span.Attributes.Count).Reverse().Select(span.Attributes.ValueAt)]));

    private static SpanRow Copy(SpanRow span, string status, AttributeMap attributes) => new()
    {
        TraceId = span.TraceId,
        SpanId = span.SpanId,
        ParentSpanId = span.ParentSpanId,
        Name = span.Name,
        SpanKind = span.SpanKind,
        Service = span.Service,
        Scope = span.Scope,
        Start = span.Start,
        DurationNano = span.DurationNano,
        StatusCode = status,
        StatusMessage = span.StatusMessage,
        ReceivedAt = span.ReceivedAt,
        Attributes = attributes,
        Resource = span.Resource,
        Events = span.Events,
    };
}
