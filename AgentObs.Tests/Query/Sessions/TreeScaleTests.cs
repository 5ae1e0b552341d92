using System.Diagnostics;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>A session of a hundred thousand spans: anything that is not linear takes minutes here.</summary>
public sealed class TreeScaleTests
{
    private const long GapNano = 4_000_000_000;

    [Fact]
    public void A_hundred_thousand_spans_are_built_at_once()
    {
        var recording = Recording.Load("claude-codex3");
        const int copies = 58;
        var spans = Enumerable.Range(0, copies).SelectMany(copy => recording.Spans.Select(span => Copy(span, copy))).ToList();
        var watch = Stopwatch.StartNew();
        var built = SessionTreeBuilder.Build(new SessionInput("", spans, [], [], default))!;
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed} for {spans.Count} spans");
        Assert.Equal((copies, 3 * copies), (built.Session.Turns, built.Session.AgentRuns));
        Assert.Equal(10_210 * copies, built.Session.Tokens.Input);
    }

    private static SpanRow Copy(SpanRow span, int copy) => new()
    {
        TraceId = Varied(span.TraceId, copy),
        SpanId = Varied(span.SpanId, copy),
        ParentSpanId = span.ParentSpanId.Length == 0 ? "" : Varied(span.ParentSpanId, copy),
        Name = span.Name,
        SpanKind = span.SpanKind,
        Service = span.Service,
        Scope = span.Scope,
        Start = span.Start.Plus(copy * GapNano),
        DurationNano = span.DurationNano,
        StatusCode = span.StatusCode,
        ReceivedAt = span.ReceivedAt,
        Attributes = new AttributeMap(
            [.. Enumerable.Range(0, span.Attributes.Count).Select(span.Attributes.KeyAt)],
            [.. Enumerable.Range(0, span.Attributes.Count).Select(i => Varied(span.Attributes.KeyAt(i), span.Attributes.ValueAt(i), copy))]),
        Resource = span.Resource,
        Events = span.Events,
    };

    private static string Varied(string key, string value, int copy) => key switch
    {
        "conversation.id" or "thread_id" or "turn.id" or "turn_id" or "call_id" or "request_id" => Varied(value, copy),
        "thread.id" when value.Length == 36 => Varied(value, copy),
        _ => value,
    };

    private static string Varied(string id, int copy) => $"{copy:x4}{id[4..]}";
}
