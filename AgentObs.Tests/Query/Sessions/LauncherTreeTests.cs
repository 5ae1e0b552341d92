using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>What the launcher adds: exit codes, tasks, a run for a process that is no known agent.</summary>
public sealed class LauncherTreeTests
{
    private const string Trace = "0123456789abcdef0123456789abcd01";

    [Fact]
    public void A_launched_process_is_a_run_of_its_own()
    {
        var built = Build([Span("1", "", "agentobs.run", "", ("agentobs.run.id", "r1"), ("process.command_line", "make test"), ("process.exit.code", "2"))], [])!;
        Assert.Equal(("trace:" + Trace, "process", "make test"), (built.Session.Id, built.Session.Agent, built.Session.Title));
        var run = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.AgentRun);
        Assert.Equal(("process", 2, "error"), (run.Agent, run.ExitCode, run.Status));
    }

    /// <summary>A codex that its model refuses at once: its launcher's span, and runtime spans without a conversation.</summary>
    [Fact]
    public void A_launched_agent_that_sent_no_id_is_that_agent_and_has_its_runtime()
    {
        var strays = Recording.Load("claude-codex3").Spans.Where(span => span.Name is "auth" or "fs.read_file").ToList();
        Assert.NotEmpty(strays);
        var launcher = Variant.Of(
            Span("1", "", "agentobs.run", strays[0].TraceId, ("process.executable.name", "codex"), ("process.command_line", "codex exec one"), ("process.exit.code", "1")),
            shift: strays[0].Start.Value - 1_795_000_000_000_000_000,
            resource: Recording.Map([("agentobs.run.id", "r1")]));
        var built = Build([launcher, .. strays.Select(span => Variant.Of(span, resource: launcher.Resource))], [])!;
        var run = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.AgentRun);
        Assert.Equal(("codex", "codex exec one", 1, strays.Count), (run.Agent, run.Detail, run.ExitCode, run.Folded.Spans));
        Assert.Equal("codex", built.Session.Agent);
        Assert.Empty(built.Stitching.Unassigned);
    }

    /// <summary>What a killed codex did not send is not waited for, and its command stands where its prompt was not heard.</summary>
    [Fact]
    public void A_process_that_ended_sends_no_more()
    {
        var killed = Recording.Load("codex-kill-TERM");
        var launch = Recording.Map([("agentobs.run.id", "r1")]);
        var launcher = Variant.Of(
            Span("1", "", "agentobs.run", killed.Spans[0].TraceId, ("process.executable.name", "codex"), ("process.command_line", "codex exec wait"), ("process.exit.code", "143")),
            resource: launch);
        List<SpanRow> spans = [.. killed.Spans.Select(span => Variant.Of(span, resource: launch))];
        List<LogRow> logs = [.. killed.Logs.Where(log => log.Event != "codex.user_prompt")];
        var before = Build(spans, logs)!;
        Assert.Contains(before.Nodes, node => node is { Placeholder: true, Name: "exec_command" } && node.Detail!.Contains("not received yet", StringComparison.Ordinal));

        var after = Build([launcher, .. spans], logs)!;
        var run = Assert.Single(after.Nodes, node => node.Kind == NodeKinds.AgentRun);
        Assert.Equal(("codex exec wait", 143), (run.Detail, run.ExitCode));
        Assert.Contains(after.Nodes, node => node is { Placeholder: true, Name: "exec_command" } && node.Detail!.Contains("never received", StringComparison.Ordinal));
    }

    [Fact]
    public void The_launchers_span_and_the_conversation_it_started_are_one_run()
    {
        var recording = Recording.Load("codex-inbound");
        var outside = recording.Spans.First(span => span.Name == "codex.exec");
        List<SpanRow> spans =
        [
            .. recording.Spans,
            Span(outside.ParentSpanId, "", "agentobs.run", outside.TraceId, ("agentobs.run.id", "r1"), ("process.command_line", "codex exec two"), ("process.exit.code", "0")),
        ];
        var built = Build(spans, recording.Logs)!;
        Assert.Equal("codex", built.Session.Agent);
        var run = Assert.Single(built.Nodes, node => node.Kind == NodeKinds.AgentRun);
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(built.Nodes, node => node.Placeholder);
    }

    [Fact]
    public void A_launch_that_names_the_agent_it_started_as_its_own_caller_loses_nothing()
    {
        var recording = Recording.Load("claude-bash");
        var prompt = recording.Spans.First(span => span.Name == "claude_code.interaction");
        List<SpanRow> spans =
        [
            .. recording.Spans.Select(span => Copy(span, [("agentobs.run.id", "r1")])),
            Span("1", prompt.SpanId, "agentobs.run", prompt.TraceId, ("agentobs.run.id", "r1"), ("process.exit.code", "0")),
        ];
        var built = Build(spans, recording.Logs)!;
        Assert.Equal("claude-code", built.Session.Agent);
        Assert.Equal(spans.Count, built.Session.Spans);
        Assert.Single(built.Nodes, node => node.ParentId is null);
    }

    [Fact]
    public void A_start_stands_for_the_span_until_it_comes()
    {
        var span = Span("1", "", "agentobs.run", "", ("agentobs.run.id", "r1"), ("process.command_line", "make test"), ("process.exit.code", "2"));
        var started = new LogRow
        {
            LogId = 1,
            Time = span.Start,
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            Service = span.Service,
            Scope = span.Scope,
            Event = RunNames.StartedEvent,
            ReceivedAt = span.ReceivedAt,
            Attributes = Recording.Map([("agentobs.run.id", "r1"), ("process.command_line", "make test")]),
            Resource = AttributeMap.Empty,
        };
        var open = Build([], [started])!;
        var run = Assert.Single(open.Nodes, node => node.Kind == NodeKinds.AgentRun);
        Assert.Equal(("make test", null, null, "unset"), (run.Detail, run.ExitCode, run.SpanId, run.Status));
        Assert.True(open.State.RootOpen);
        Assert.Empty(open.Session.TraceIds);

        var ended = Build([span], [started])!;
        Assert.Equal((run.Id, 2, 1), (Assert.Single(ended.Nodes, node => node.Kind == NodeKinds.AgentRun).Id, ended.Nodes[1].ExitCode, ended.Session.Spans));
        Assert.Equal(open.Session.Id, ended.Session.Id);
    }

    [Fact]
    public void A_task_is_declared_or_read_off_branch_or_prompt()
    {
        var declared = Claude(("agentobs.task.id", "PROJ-7"), ("agentobs.task.title", "Login"));
        Assert.Equal(["PROJ-7"], declared.Session.Tasks);
        Assert.Equal((TaskReader.Declared, "Login"), (declared.Tasks[0].Grade, declared.Tasks[0].Title));

        var branch = Claude(("vcs.ref.head.name", "feature/PROJ-8-logout"));
        Assert.Equal(("PROJ-8", TaskReader.Branch), (branch.Tasks[0].TaskId, branch.Tasks[0].Grade));

        Assert.Empty(Claude().Tasks);
    }

    private static BuiltSession Claude(params (string, string)[] resource)
    {
        var recording = Recording.Load("claude-bash");
        List<SpanRow> spans = [.. recording.Spans.Select(span => Copy(span, resource))];
        return Build(spans, recording.Logs)!;
    }

    private static SpanRow Copy(SpanRow span, (string, string)[] resource) => new()
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
        StatusCode = span.StatusCode,
        ReceivedAt = span.ReceivedAt,
        Attributes = span.Attributes,
        Resource = Recording.Map([.. resource]),
    };

    private static BuiltSession? Build(List<SpanRow> spans, List<LogRow> logs) => SessionTreeBuilder.Build(new SessionInput("", spans, logs, [], default));

    private static SpanRow Span(string id, string parent, string name, string trace, params (string, string)[] attributes) => new()
    {
        TraceId = trace.Length == 0 ? Trace : trace,
        SpanId = id.PadLeft(16, '0'),
        ParentSpanId = parent,
        Name = name,
        SpanKind = "Internal",
        Service = "agentobs",
        Scope = "agentobs",
        Start = new UnixNano(1_795_000_000_000_000_000),
        DurationNano = 1_000_000_000,
        StatusCode = "Unset",
        ReceivedAt = default,
        Attributes = Recording.Map([.. attributes]),
        Resource = AttributeMap.Empty,
    };
}
