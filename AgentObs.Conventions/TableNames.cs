namespace AgentObs.Conventions;

/// <summary>Names of the signal tables: those of otelcol-contrib's clickhouse exporter, so that a stock collector can insert.</summary>
public static class TableNames
{
    public const string Traces = "otel_traces";
    public const string Logs = "otel_logs";
    public const string MetricsGauge = "otel_metrics_gauge";
    public const string MetricsSum = "otel_metrics_sum";
    public const string MetricsSummary = "otel_metrics_summary";
    public const string MetricsHistogram = "otel_metrics_histogram";
    public const string MetricsExponentialHistogram = "otel_metrics_exponential_histogram";
}
