using AgentObs.Conventions;
using AgentObs.Query;

namespace AgentObs.Tests.Query.Sessions;

/// <summary>Recorded rows with something changed.</summary>
internal static class Variant
{
    public static SpanRow Of(
        SpanRow span, UnixNano? received = null, string? name = null, string? service = null, long shift = 0, AttributeMap? attributes = null,
        AttributeMap? resource = null, string? status = null, string? scope = null) => new()
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId,
            Name = name ?? span.Name,
            SpanKind = span.SpanKind,
            Service = service ?? span.Service,
            Scope = scope ?? span.Scope,
            Start = span.Start.Plus(shift),
            DurationNano = span.DurationNano,
            StatusCode = status ?? span.StatusCode,
            StatusMessage = span.StatusMessage,
            ReceivedAt = received ?? span.ReceivedAt,
            RunId = span.RunId,
            Attributes = attributes ?? span.Attributes,
            Resource = resource ?? span.Resource,
            Events = span.Events,
            Links = span.Links,
        };

    public static LogRow Of(
        LogRow log, UnixNano? received = null, string? service = null, long shift = 0, AttributeMap? attributes = null, AttributeMap? resource = null) => new()
        {
            LogId = log.LogId,
            Time = log.Time.Plus(shift),
            TraceId = log.TraceId,
            SpanId = log.SpanId,
            TraceFlags = log.TraceFlags,
            Service = service ?? log.Service,
            Scope = log.Scope,
            Event = log.Event,
            RunId = log.RunId,
            Body = log.Body,
            ReceivedAt = received ?? log.ReceivedAt,
            Attributes = attributes ?? log.Attributes,
            Resource = resource ?? log.Resource,
        };
}
