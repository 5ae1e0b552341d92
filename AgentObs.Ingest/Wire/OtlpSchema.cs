using static AgentObs.Ingest.Wire.OtlpFieldType;

namespace AgentObs.Ingest.Wire;

/// <summary>
/// The messages of OTLP 1.x (opentelemetry-proto: collector/*/v1, trace/v1, logs/v1, metrics/v1, common/v1, resource/v1), as one table
/// for everything that walks bodies without generated types: the JSON transcoder, error messages, and the recordings' time shift.
/// </summary>
internal static class OtlpSchema
{
    public static readonly OtlpMessage TraceRequest = new("ExportTraceServiceRequest");
    public static readonly OtlpMessage LogsRequest = new("ExportLogsServiceRequest");
    public static readonly OtlpMessage MetricsRequest = new("ExportMetricsServiceRequest");

    public static readonly OtlpMessage AnyValue = new("AnyValue");
    public static readonly OtlpMessage ArrayValue = new("ArrayValue");
    public static readonly OtlpMessage KeyValueList = new("KeyValueList");
    public static readonly OtlpMessage KeyValue = new("KeyValue");
    public static readonly OtlpMessage Resource = new("Resource");
    public static readonly OtlpMessage Scope = new("InstrumentationScope");

    public static readonly OtlpMessage ResourceSpans = new("ResourceSpans");
    public static readonly OtlpMessage ScopeSpans = new("ScopeSpans");
    public static readonly OtlpMessage Span = new("Span");
    public static readonly OtlpMessage Event = new("Span.Event");
    public static readonly OtlpMessage Link = new("Span.Link");
    public static readonly OtlpMessage Status = new("Status");

    public static readonly OtlpMessage ResourceLogs = new("ResourceLogs");
    public static readonly OtlpMessage ScopeLogs = new("ScopeLogs");
    public static readonly OtlpMessage LogRecord = new("LogRecord");

    public static readonly OtlpMessage ResourceMetrics = new("ResourceMetrics");
    public static readonly OtlpMessage ScopeMetrics = new("ScopeMetrics");
    public static readonly OtlpMessage Metric = new("Metric");
    public static readonly OtlpMessage Gauge = new("Gauge");
    public static readonly OtlpMessage Sum = new("Sum");
    public static readonly OtlpMessage Histogram = new("Histogram");
    public static readonly OtlpMessage ExponentialHistogram = new("ExponentialHistogram");
    public static readonly OtlpMessage Summary = new("Summary");
    public static readonly OtlpMessage NumberPoint = new("NumberDataPoint");
    public static readonly OtlpMessage HistogramPoint = new("HistogramDataPoint");
    public static readonly OtlpMessage ExponentialPoint = new("ExponentialHistogramDataPoint");
    public static readonly OtlpMessage Buckets = new("ExponentialHistogramDataPoint.Buckets");
    public static readonly OtlpMessage SummaryPoint = new("SummaryDataPoint");
    public static readonly OtlpMessage Quantile = new("SummaryDataPoint.ValueAtQuantile");
    public static readonly OtlpMessage Exemplar = new("Exemplar");

    private static readonly string[] SpanKinds =
        ["SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"];

    private static readonly string[] StatusCodes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

    private static readonly string[] Temporalities =
        ["AGGREGATION_TEMPORALITY_UNSPECIFIED", "AGGREGATION_TEMPORALITY_DELTA", "AGGREGATION_TEMPORALITY_CUMULATIVE"];

    private static readonly string[] Severities = SeverityNames();

    static OtlpSchema()
    {
        DefineCommon();
        DefineTraces();
        DefineLogs();
        DefineMetrics();
    }

    private static void DefineCommon()
    {
        AnyValue.Define(
            new("string_value", 1, Text), new("bool_value", 2, Flag), new("int_value", 3, Signed), new("double_value", 4, Real),
            new("array_value", 5, Message, Message: ArrayValue), new("kvlist_value", 6, Message, Message: KeyValueList), new("bytes_value", 7, Bytes));
        ArrayValue.Define(List("values", 1, AnyValue));
        KeyValueList.Define(List("values", 1, KeyValue));
        KeyValue.Define(new("key", 1, Text), new("value", 2, Message, Message: AnyValue));
        Resource.Define(List("attributes", 1, KeyValue), new("dropped_attributes_count", 2, Unsigned));
        Scope.Define(
            new("name", 1, Text), new("version", 2, Text), List("attributes", 3, KeyValue),
            new("dropped_attributes_count", 4, Unsigned));
    }

    private static void DefineTraces()
    {
        TraceRequest.Define(List("resource_spans", 1, ResourceSpans));
        ResourceSpans.Define(
            new("resource", 1, Message, Message: Resource), List("scope_spans", 2, ScopeSpans), new("schema_url", 3, Text));
        ScopeSpans.Define(new("scope", 1, Message, Message: Scope), List("spans", 2, Span), new("schema_url", 3, Text));
        Span.Define(
            new("trace_id", 1, Id), new("span_id", 2, Id), new("trace_state", 3, Text), new("parent_span_id", 4, Id),
            new("name", 5, Text), new("kind", 6, Choice, EnumNames: SpanKinds), new("start_time_unix_nano", 7, Fixed64),
            new("end_time_unix_nano", 8, Fixed64), List("attributes", 9, KeyValue), new("dropped_attributes_count", 10, Unsigned),
            List("events", 11, Event), new("dropped_events_count", 12, Unsigned), List("links", 13, Link),
            new("dropped_links_count", 14, Unsigned), new("status", 15, Message, Message: Status), new("flags", 16, Fixed32));
        Event.Define(
            new("time_unix_nano", 1, Fixed64), new("name", 2, Text), List("attributes", 3, KeyValue),
            new("dropped_attributes_count", 4, Unsigned));
        Link.Define(
            new("trace_id", 1, Id), new("span_id", 2, Id), new("trace_state", 3, Text), List("attributes", 4, KeyValue),
            new("dropped_attributes_count", 5, Unsigned), new("flags", 6, Fixed32));
        Status.Define(new("message", 2, Text), new("code", 3, Choice, EnumNames: StatusCodes));
    }

    private static void DefineLogs()
    {
        LogsRequest.Define(List("resource_logs", 1, ResourceLogs));
        ResourceLogs.Define(
            new("resource", 1, Message, Message: Resource), List("scope_logs", 2, ScopeLogs), new("schema_url", 3, Text));
        ScopeLogs.Define(new("scope", 1, Message, Message: Scope), List("log_records", 2, LogRecord), new("schema_url", 3, Text));
        LogRecord.Define(
            new("time_unix_nano", 1, Fixed64), new("severity_number", 2, Choice, EnumNames: Severities), new("severity_text", 3, Text),
            new("body", 5, Message, Message: AnyValue), List("attributes", 6, KeyValue), new("dropped_attributes_count", 7, Unsigned),
            new("flags", 8, Fixed32), new("trace_id", 9, Id), new("span_id", 10, Id), new("observed_time_unix_nano", 11, Fixed64),
            new("event_name", 12, Text));
    }

    private static void DefineMetrics()
    {
        MetricsRequest.Define(List("resource_metrics", 1, ResourceMetrics));
        ResourceMetrics.Define(
            new("resource", 1, Message, Message: Resource), List("scope_metrics", 2, ScopeMetrics), new("schema_url", 3, Text));
        ScopeMetrics.Define(new("scope", 1, Message, Message: Scope), List("metrics", 2, Metric), new("schema_url", 3, Text));
        Metric.Define(
            new("name", 1, Text), new("description", 2, Text), new("unit", 3, Text), new("gauge", 5, Message, Message: Gauge),
            new("sum", 7, Message, Message: Sum), new("histogram", 9, Message, Message: Histogram),
            new("exponential_histogram", 10, Message, Message: ExponentialHistogram), new("summary", 11, Message, Message: Summary),
            List("metadata", 12, KeyValue));
        Gauge.Define(List("data_points", 1, NumberPoint));
        Sum.Define(List("data_points", 1, NumberPoint), Temporality(), new("is_monotonic", 3, Flag));
        Histogram.Define(List("data_points", 1, HistogramPoint), Temporality());
        ExponentialHistogram.Define(List("data_points", 1, ExponentialPoint), Temporality());
        Summary.Define(List("data_points", 1, SummaryPoint));
        NumberPoint.Define(
            new("start_time_unix_nano", 2, Fixed64), new("time_unix_nano", 3, Fixed64), new("as_double", 4, Real),
            List("exemplars", 5, Exemplar), new("as_int", 6, SFixed64), List("attributes", 7, KeyValue), new("flags", 8, Unsigned));
        HistogramPoint.Define(
            new("start_time_unix_nano", 2, Fixed64), new("time_unix_nano", 3, Fixed64), new("count", 4, Fixed64), new("sum", 5, Real),
            new("bucket_counts", 6, Fixed64, true), new("explicit_bounds", 7, Real, true), List("exemplars", 8, Exemplar),
            List("attributes", 9, KeyValue), new("flags", 10, Unsigned), new("min", 11, Real), new("max", 12, Real));
        ExponentialPoint.Define(
            List("attributes", 1, KeyValue), new("start_time_unix_nano", 2, Fixed64), new("time_unix_nano", 3, Fixed64), new("count", 4, Fixed64),
            new("sum", 5, Real), new("scale", 6, Zigzag), new("zero_count", 7, Fixed64), new("positive", 8, Message, Message: Buckets),
            new("negative", 9, Message, Message: Buckets), new("flags", 10, Unsigned), List("exemplars", 11, Exemplar),
            new("min", 12, Real), new("max", 13, Real), new("zero_threshold", 14, Real));
        Buckets.Define(new("offset", 1, Zigzag), new("bucket_counts", 2, Unsigned, true));
        SummaryPoint.Define(
            new("start_time_unix_nano", 2, Fixed64), new("time_unix_nano", 3, Fixed64), new("count", 4, Fixed64), new("sum", 5, Real),
            List("quantile_values", 6, Quantile), List("attributes", 7, KeyValue), new("flags", 8, Unsigned));
        Quantile.Define(new("quantile", 1, Real), new("value", 2, Real));
        Exemplar.Define(
            new("time_unix_nano", 2, Fixed64), new("as_double", 3, Real), new("span_id", 4, Id), new("trace_id", 5, Id),
            new("as_int", 6, SFixed64), List("filtered_attributes", 7, KeyValue));
    }

    private static OtlpField List(string name, int number, OtlpMessage message) => new(name, number, Message, true, message);

    private static OtlpField Temporality() => new("aggregation_temporality", 2, Choice, EnumNames: Temporalities);

    private static string[] SeverityNames()
    {
        var names = new List<string> { "SEVERITY_NUMBER_UNSPECIFIED" };
        foreach (var level in new[] { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" })
        {
            names.AddRange([$"SEVERITY_NUMBER_{level}", $"SEVERITY_NUMBER_{level}2", $"SEVERITY_NUMBER_{level}3", $"SEVERITY_NUMBER_{level}4"]);
        }

        return [.. names];
    }
}
