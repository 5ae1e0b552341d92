using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_metrics_summary.</summary>
internal sealed class SummaryRows : MetricRows
{
    public SummaryRows()
        : base(TableNames.MetricsSummary)
    {
        PointCount = AddNumber("Count", "UInt64");
        Sum = AddNumber("Sum", "Float64");
        Quantiles = AddArray("ValueAtQuantiles.Quantile", "Float64");
        QuantileValues = AddArray("ValueAtQuantiles.Value", "Float64");
        Flags = AddNumber("Flags", "UInt32");
    }

    public NumberColumn PointCount { get; }

    public NumberColumn Sum { get; }

    public ArrayColumn Quantiles { get; }

    public ArrayColumn QuantileValues { get; }

    public NumberColumn Flags { get; }
}
