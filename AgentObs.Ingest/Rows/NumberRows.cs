using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_metrics_gauge, and with two columns more otel_metrics_sum.</summary>
internal sealed class NumberRows : MetricRows
{
    private NumberRows(string table)
        : base(table)
    {
        Value = AddNumber("Value", "Float64");
        Flags = AddNumber("Flags", "UInt32");
        Exemplars = AddExemplars();
        if (table == TableNames.MetricsSum)
        {
            AggregationTemporality = AddNumber("AggregationTemporality", "Int32");
            IsMonotonic = AddNumber("IsMonotonic", "Bool");
        }
    }

    public NumberColumn Value { get; }

    public NumberColumn Flags { get; }

    public ExemplarColumns Exemplars { get; }

    /// <summary>Sums only.</summary>
    public NumberColumn? AggregationTemporality { get; }

    /// <inheritdoc cref="AggregationTemporality"/>
    public NumberColumn? IsMonotonic { get; }

    public static NumberRows Gauge() => new(TableNames.MetricsGauge);

    public static NumberRows Sum() => new(TableNames.MetricsSum);
}
