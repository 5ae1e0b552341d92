using static AgentObs.Cli.Rewriting.OtlpFieldRole;
using static AgentObs.Cli.Rewriting.OtlpMessage;

namespace AgentObs.Cli.Rewriting;

/// <summary>
/// Field numbers of OTLP 1.x (opentelemetry-proto: trace.proto, logs.proto, metrics.proto, common.proto) that carry ids, times or texts.
/// </summary>
internal static class OtlpFields
{
    public static OtlpField Of(OtlpMessage message, int number) => (message, number) switch
    {
        (TraceRequest, 1) => In(ResourceSpans),
        (LogsRequest, 1) => In(ResourceLogs),
        (MetricsRequest, 1) => In(ResourceMetrics),

        (ResourceSpans or ResourceLogs or ResourceMetrics, 1) => In(Resource),
        (ResourceSpans, 2) => In(ScopeSpans),
        (ResourceLogs, 2) => In(ScopeLogs),
        (ResourceMetrics, 2) => In(ScopeMetrics),
        (ScopeSpans or ScopeLogs or ScopeMetrics, 1) => In(Scope),
        (ScopeSpans, 2) => In(OtlpMessage.Span, OtlpRecord.Span),
        (ScopeLogs, 2) => In(LogRecord, OtlpRecord.Log),
        (ScopeMetrics, 2) => In(Metric),

        (Resource, 1) => In(KeyValue),
        (Scope, 3) => In(KeyValue),
        (Scope, 1 or 2) => Is(Text),

        (OtlpMessage.Span, 1 or 2 or 4) => Is(Id),
        (OtlpMessage.Span, 3 or 5) => Is(Text),
        (OtlpMessage.Span, 7 or 8) => Is(Time),
        (OtlpMessage.Span, 9) => In(KeyValue),
        (OtlpMessage.Span, 11) => In(SpanEvent),
        (OtlpMessage.Span, 13) => In(SpanLink),
        (OtlpMessage.Span, 15) => In(SpanStatus),
        (SpanEvent, 1) => Is(Time),
        (SpanEvent, 2) => Is(Text),
        (SpanEvent, 3) => In(KeyValue),
        (SpanLink, 1 or 2) => Is(Id),
        (SpanLink, 3) => Is(Text),
        (SpanLink, 4) => In(KeyValue),
        (SpanStatus, 2) => Is(Text),

        (LogRecord, 1 or 11) => Is(Time),
        (LogRecord, 3 or 12) => Is(Text),
        (LogRecord, 5) => In(AnyValue),
        (LogRecord, 6) => In(KeyValue),
        (LogRecord, 9 or 10) => Is(Id),

        (Metric, 1 or 2 or 3) => Is(Text),
        (Metric, 5 or 7) => In(NumberData),
        (Metric, 9) => In(HistogramData),
        (Metric, 10) => In(ExponentialHistogramData),
        (Metric, 11) => In(SummaryData),
        (NumberData, 1) => In(NumberPoint, OtlpRecord.Point),
        (HistogramData, 1) => In(HistogramPoint, OtlpRecord.Point),
        (ExponentialHistogramData, 1) => In(ExponentialHistogramPoint, OtlpRecord.Point),
        (SummaryData, 1) => In(SummaryPoint, OtlpRecord.Point),
        (Metric, 12) => In(KeyValue),
        (NumberPoint or SummaryPoint, 7) => In(KeyValue),
        (HistogramPoint, 9) => In(KeyValue),
        (ExponentialHistogramPoint, 1) => In(KeyValue),
        (NumberPoint or HistogramPoint or ExponentialHistogramPoint or SummaryPoint, 2 or 3) => Is(Time),
        (NumberPoint, 5) => In(Exemplar),
        (HistogramPoint, 8) => In(Exemplar),
        (ExponentialHistogramPoint, 11) => In(Exemplar),
        (Exemplar, 7) => In(KeyValue),
        (Exemplar, 2) => Is(Time),
        (Exemplar, 4 or 5) => Is(Id),

        (KeyValue, 1) => Is(Key),
        (KeyValue, 2) => In(AnyValue),
        (AnyValue, 1) => Is(Text),
        (AnyValue, 5) => In(ArrayValue),
        (AnyValue, 6) => In(KeyValueList),
        (ArrayValue, 1) => In(AnyValue),
        (KeyValueList, 1) => In(KeyValue),
        _ => default,
    };

    private static OtlpField Is(OtlpFieldRole role) => new(role);

    private static OtlpField In(OtlpMessage message, OtlpRecord record = OtlpRecord.None) => new(OtlpFieldRole.Message, message, record);
}
