using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_metrics_histogram.</summary>
internal sealed class HistogramRows : MetricRows
{
    public HistogramRows()
        : base(TableNames.MetricsHistogram)
    {
        PointCount = AddNumber("Count", "UInt64");
        Sum = AddNumber("Sum", "Float64");
        BucketCounts = AddArray("BucketCounts", "UInt64");
        ExplicitBounds = AddArray("ExplicitBounds", "Float64");
        Exemplars = AddExemplars();
        Flags = AddNumber("Flags", "UInt32");
        Min = AddNumber("Min", "Float64");
        Max = AddNumber("Max", "Float64");
        AggregationTemporality = AddNumber("AggregationTemporality", "Int32");
    }

    public NumberColumn PointCount { get; }

    public NumberColumn Sum { get; }

    public ArrayColumn BucketCounts { get; }

    public ArrayColumn ExplicitBounds { get; }

    public ExemplarColumns Exemplars { get; }

    public NumberColumn Flags { get; }

    public NumberColumn Min { get; }

    public NumberColumn Max { get; }

    public NumberColumn AggregationTemporality { get; }
}
