using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Data points of the five kinds of metrics into their tables.</summary>
internal sealed class MetricDecoder : SignalDecoder
{
    private const int GaugeKind = 5;
    private const int SumKind = 7;
    private const int HistogramKind = 9;
    private const int ExponentialKind = 10;
    private const int SummaryKind = 11;

    private readonly PointWriter points;
    private readonly NumberPointDecoder numbers;
    private readonly HistogramPointDecoder histograms;
    private readonly ExponentialPointDecoder exponentials;
    private readonly SummaryPointDecoder summaries;

    public MetricDecoder()
        : base(OtlpSchema.MetricsRequest)
    {
        points = new PointWriter(Attributes, Resource, Scope);
        numbers = new NumberPointDecoder(points);
        histograms = new HistogramPointDecoder(points);
        exponentials = new ExponentialPointDecoder(points);
        summaries = new SummaryPointDecoder(points);
    }

    protected override void ReadRecord(ReadOnlySpan<byte> body, WireSlice record, RowBatch batch)
    {
        var metric = ReadMetric(body, record);
        if (metric.Kind == 0)
        {
            // The stock collector loops on such a metric for as long as it retries; there is no point to store, so nothing is lost.
            batch.Warn("Metric.data: neither gauge, sum, histogram, exponential_histogram nor summary is set");
            return;
        }

        var kind = OtlpSchema.Metric.Find(metric.Kind)!.Message!;
        var reader = new WireReader(body, metric.Data, kind);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            var point = reader.Slice();
            if (ContextProblem is { } problem)
            {
                batch.Reject(problem);
                continue;
            }

            Charge(batch, point.Length + metric.Name.Length + metric.Description.Length + metric.Unit.Length);
            ReadPoint(body, metric, point, batch);
        }
    }

    private void ReadPoint(ReadOnlySpan<byte> body, in MetricFields metric, WireSlice point, RowBatch batch)
    {
        TableRows rows = metric.Kind switch
        {
            GaugeKind => batch.Gauges,
            SumKind => batch.Sums,
            HistogramKind => batch.Histograms,
            ExponentialKind => batch.Exponentials,
            _ => batch.Summaries,
        };
        rows.Begin();
        var problem = rows switch
        {
            NumberRows number => numbers.Write(body, metric, point, number),
            HistogramRows histogram => histograms.Write(body, metric, point, histogram),
            ExponentialRows exponential => exponentials.Write(body, metric, point, exponential),
            _ => summaries.Write(body, metric, point, batch.Summaries),
        };
        if (problem is null)
        {
            rows.End();
            return;
        }

        rows.TakeBack();
        batch.Reject(problem);
    }

    private static MetricFields ReadMetric(ReadOnlySpan<byte> body, WireSlice record)
    {
        var metric = default(MetricFields);
        var reader = new WireReader(body, record, OtlpSchema.Metric);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    metric.Name = reader.Slice();
                    break;
                case 2:
                    metric.Description = reader.Slice();
                    break;
                case 3:
                    metric.Unit = reader.Slice();
                    break;
                case GaugeKind or SumKind or HistogramKind or ExponentialKind or SummaryKind:
                    metric.Kind = reader.Field;
                    metric.Data = reader.Slice();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (metric.Kind is SumKind or HistogramKind or ExponentialKind)
        {
            ReadKind(body, ref metric);
        }

        return metric;
    }

    private static void ReadKind(ReadOnlySpan<byte> body, ref MetricFields metric)
    {
        var reader = new WireReader(body, metric.Data, OtlpSchema.Metric.Find(metric.Kind)!.Message!);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    metric.Temporality = (int)reader.Varint();
                    break;
                case 3 when metric.Kind == SumKind:
                    metric.IsMonotonic = reader.Varint() != 0;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }
}
