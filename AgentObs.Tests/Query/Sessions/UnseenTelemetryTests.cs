using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>
/// Telemetry that nobody recorded: other versions of the same clients, made from the recordings. What the tree does not rest on may change without any
/// effect; what it rests on may change without an exception, a lost session, a hidden error or a token counted twice.
/// </summary>
public sealed class UnseenTelemetryTests
{
    private const long Second = 1_000_000_000;
    private static readonly UnixNano LongAfter = new(1_900_000_000_000_000_000);
    private static readonly ClientCatalog Catalog = new();

    public static TheoryData<string> Scenarios => [.. Recording.Names];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_the_tree_does_not_rest_on_changes_nothing(string scenario)
    {
        var recording = Recording.Load(scenario);
        var expected = Text(Build(recording.Spans, recording.Logs));
        (string Name, List<SpanRow> Spans, List<LogRow> Logs)[] variants =
        [
            ("other versions",
                [.. recording.Spans.Select(span => Variant.Of(span, attributes: Replaced(span.Attributes, "99.0.0"), resource: Replaced(span.Resource, "99.0.0")))],
                [.. recording.Logs.Select(log => Variant.Of(log, attributes: Replaced(log.Attributes, "99.0.0"), resource: Replaced(log.Resource, "99.0.0")))]),
            ("more attributes",
                [.. recording.Spans.Select(span => Variant.Of(span, attributes: With(span.Attributes), resource: With(span.Resource)))],
                [.. recording.Logs.Select(log => Variant.Of(log, attributes: With(log.Attributes), resource: With(log.Resource)))]),
            ("folded spans of other names", [.. recording.Spans.Select(span => IsPlainFold(span) ? Variant.Of(span, name: "next::" + span.Name) : span)], recording.Logs),
            ("keys in another order",
                [.. recording.Spans.Select(span => Variant.Of(span, attributes: Reversed(span.Attributes), resource: Reversed(span.Resource)))],
                [.. recording.Logs.Select(log => Variant.Of(log, attributes: Reversed(log.Attributes)))]),
            ("another front end",
                [.. recording.Spans.Select(span => IsNamedByScope(span.Scope) ? Variant.Of(span, service: OtherService(span.Service)) : span)],
                [.. recording.Logs.Select(log => IsNamedByScope(log.Scope) ? Variant.Of(log, service: OtherService(log.Service)) : log)]),
            ("all clocks shifted", [.. recording.Spans.Select(span => Variant.Of(span, shift: 86_400 * Second))], [.. recording.Logs.Select(log => Variant.Of(log, shift: 86_400 * Second))]),
        ];
        foreach (var (name, spans, logs) in variants)
        {
            var actual = Text(Build(spans, logs));
            Assert.True(expected == actual, $"{scenario}, {name}:\n{actual}\ninstead of\n{expected}");
        }
    }

    /// <summary>New kinds of spans: counted, and an error in one is seen.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void Unknown_spans_are_counted_and_their_errors_shown(string scenario)
    {
        var recording = Recording.Load(scenario);
        if (Build(recording.Spans, recording.Logs) is not { } before || recording.Spans.Count == 0)
        {
            return;
        }

        var random = new Random(3);
        List<SpanRow> added = [.. Enumerable.Range(0, 20).Select(n => Child(recording.Spans[random.Next(recording.Spans.Count)], n, n % 4 == 0 ? "Error" : "Unset"))];
        var after = Build([.. recording.Spans, .. added], recording.Logs)!;
        Invariants.Check(after, recording.Spans.Count + added.Count);
        Assert.Equal(before.Session.Id, after.Session.Id);
        Assert.Equal(before.Session.Tokens, after.Session.Tokens);
        Assert.Equal(before.Session.Errors + 5, after.Session.Errors);
        Assert.Equal((before.Session.Turns, before.Session.AgentRuns), (after.Session.Turns, after.Session.AgentRuns));
    }

    /// <summary>Machines of nested agents whose clocks are wrong, spans without an end, kept names that are gone, parts that were lost.</summary>
    [Theory]
    [MemberData(nameof(Scenarios))]
    public void What_the_tree_rests_on_may_break_without_losing_the_session(string scenario)
    {
        var recording = Recording.Load(scenario);
        if (Build(recording.Spans, recording.Logs) is not { } before)
        {
            return;
        }

        var random = new Random(17);
        foreach (var skew in (ReadOnlySpan<long>)[-90_000 * Second, -2 * Second, 3 * Second, 90_000 * Second])
        {
            var skewed = Build(
                [.. recording.Spans.Select(span => span.Scope.StartsWith("codex", StringComparison.Ordinal) ? Variant.Of(span, shift: skew) : span)],
                [.. recording.Logs.Select(log => log.Scope.StartsWith("codex", StringComparison.Ordinal) ? Variant.Of(log, shift: skew) : log)])!;
            Invariants.Check(skewed, recording.Spans.Count);
            Assert.Equal(before.Session.Errors, skewed.Session.Errors);
        }

        foreach (var name in recording.Spans.Select(span => span.Name).Distinct(StringComparer.Ordinal).OrderBy(_ => random.Next()).Take(25).ToList())
        {
            var renamed = Build([.. recording.Spans.Select(span => span.Name == name ? Variant.Of(span, name: "v3." + name) : span)], recording.Logs);
            Assert.True(renamed is not null, $"{scenario}: no session when {name} has another name");
            Invariants.Check(renamed, recording.Spans.Count);
            NoMore(renamed.Session.Tokens, before.Session.Tokens, $"{scenario}, {name}");
        }

        for (var round = 0; round < 4; round++)
        {
            var spans = recording.Spans.Where(_ => random.Next(10) > round * 2).Select(span => random.Next(20) == 0 ? Variant.Of(span, status: "Error") : span).ToList();
            var part = Build(spans, recording.Logs);
            Invariants.Check(part, spans.Count);
            if (part is not null)
            {
                NoMore(part.Session.Tokens, before.Session.Tokens, $"{scenario}, round {round}");
                Assert.True(part.Session.Errors >= spans.Count(span => span.StatusCode == "Error" && !recording.Spans.Contains(span)) * 9 / 10, $"{scenario}: {part.Session.Errors} errors");
            }
        }
    }

    private static void NoMore(TokenCounts part, TokenCounts all, string where) => Assert.True(
        part.Input <= all.Input && part.CacheRead <= all.CacheRead && part.CacheWrite <= all.CacheWrite && part.Output <= all.Output && part.Reasoning <= all.Reasoning,
        $"{where}: {part} is more than {all}");

    private static BuiltSession? Build(List<SpanRow> spans, List<LogRow> logs) => SessionTreeBuilder.Build(new SessionInput("", spans, logs, [], LongAfter));

    private static string Text(BuiltSession? built) => built is null ? "no session\n" : SessionText.Of(built);

    private static bool IsPlainFold(SpanRow span) => Catalog.Read(span) is (Codex, { Role: SpanRole.Fold, Boundary: false }) && !span.Attributes.Has("call_id");

    // Of the other clients the service is the agent's name.
    private static bool IsNamedByScope(string scope) => scope.StartsWith("com.anthropic.claude_code", StringComparison.Ordinal) || scope.StartsWith("codex", StringComparison.Ordinal);

    private static string OtherService(string service) => service.StartsWith("codex", StringComparison.Ordinal) ? "codex_tui" : "my-orchestrator";

    private static SpanRow Child(SpanRow parent, int number, string status) => new()
    {
        TraceId = parent.TraceId,
        SpanId = $"feed{number:x12}",
        ParentSpanId = parent.SpanId,
        Name = $"future.step_{number}",
        SpanKind = parent.SpanKind,
        Service = parent.Service,
        Scope = parent.Scope,
        Start = parent.Start.Plus(parent.DurationNano / 2),
        DurationNano = parent.DurationNano / 4,
        StatusCode = status,
        StatusMessage = status == "Error" ? "it broke" : "",
        ReceivedAt = parent.ReceivedAt,
        Attributes = Recording.Map([("future.key", "1")]),
        Resource = parent.Resource,
    };

    private static AttributeMap Replaced(AttributeMap map, string version) => Recording.Map([.. Pairs(map).Select(pair => pair.Key.EndsWith("version", StringComparison.Ordinal) ? (pair.Key, version) : pair)]);

    private static AttributeMap With(AttributeMap map) => Recording.Map([("a.future.key", "x"), .. Pairs(map), ("z.future.key", "{\"cmd\":\"codex exec x\"}")]);

    private static AttributeMap Reversed(AttributeMap map) => Recording.Map([.. Pairs(map).Reverse()]);

    private static IEnumerable<(string Key, string Value)> Pairs(AttributeMap map) => Enumerable.Range(0, map.Count).Select(i => (map.KeyAt(i), map.ValueAt(i)));
}
