using AgentObs.Conventions;

namespace AgentObs.Ingest.Rows;

/// <summary>otel_metrics_exponential_histogram.</summary>
internal sealed class ExponentialRows : MetricRows
{
    public ExponentialRows()
        : base(TableNames.MetricsExponentialHistogram)
    {
        PointCount = AddNumber("Count", "UInt64");
        Sum = AddNumber("Sum", "Float64");
        Scale = AddNumber("Scale", "Int32");
        ZeroCount = AddNumber("ZeroCount", "UInt64");
        PositiveOffset = AddNumber("PositiveOffset", "Int32");
        PositiveBucketCounts = AddArray("PositiveBucketCounts", "UInt64");
        NegativeOffset = AddNumber("NegativeOffset", "Int32");
        NegativeBucketCounts = AddArray("NegativeBucketCounts", "UInt64");
        Exemplars = AddExemplars();
        Flags = AddNumber("Flags", "UInt32");
        Min = AddNumber("Min", "Float64");
        Max = AddNumber("Max", "Float64");
        AggregationTemporality = AddNumber("AggregationTemporality", "Int32");
    }

    public NumberColumn PointCount { get; }

    public NumberColumn Sum { get; }

    public NumberColumn Scale { get; }

    public NumberColumn ZeroCount { get; }

    public NumberColumn PositiveOffset { get; }

    public ArrayColumn PositiveBucketCounts { get; }

    public NumberColumn NegativeOffset { get; }

    public ArrayColumn NegativeBucketCounts { get; }

    public ExemplarColumns Exemplars { get; }

    public NumberColumn Flags { get; }

    public NumberColumn Min { get; }

    public NumberColumn Max { get; }

    public NumberColumn AggregationTemporality { get; }
}
