using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>
/// A launcher's span is sent when the program ended. Until then, and for ever where the launcher was killed, the record of the start stands for it: it has
/// the span's ids and attributes, but no end and no exit code.
/// </summary>
internal static class StartedRuns
{
    public static SessionInput Add(SessionInput input)
    {
        List<SpanRow>? started = null;
        HashSet<SpanKey>? ended = null;
        foreach (var log in input.Logs)
        {
            if (log.Event != RunNames.StartedEvent || log.TraceId.Length == 0 || log.SpanId.Length == 0)
            {
                continue;
            }

            ended ??= [.. input.Spans.Select(span => new SpanKey(span.TraceId, span.SpanId))];
            if (ended.Add(new SpanKey(log.TraceId, log.SpanId)))
            {
                (started ??= []).Add(Span(log));
            }
        }

        return started is null ? input : input with { Spans = [.. input.Spans, .. started] };
    }

    private static SpanRow Span(LogRow log) => new()
    {
        TraceId = log.TraceId,
        SpanId = log.SpanId,
        ParentSpanId = log.Attributes.First(RunNames.ParentSpanId),
        Name = RunNames.Span,
        SpanKind = "Internal",
        Service = log.Service,
        Scope = log.Scope,
        Start = log.Time,
        DurationNano = 0,
        StatusCode = "Unset",
        ReceivedAt = log.ReceivedAt,
        RunId = Ids.TraceSessionPrefix + log.TraceId,
        TaskId = log.Attributes.First(ProvenanceKeys.TaskId),
        Attributes = log.Attributes,
        Resource = log.Resource,
        StartedOnly = true,
    };
}
