using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>HistogramDataPoint into otel_metrics_histogram. Missing sum, min and max are 0.</summary>
internal sealed class HistogramPointDecoder(PointWriter points)
{
    /// <summary>Writes the row; the problem, or null.</summary>
    public RecordProblem? Write(ReadOnlySpan<byte> body, in MetricFields metric, WireSlice point, HistogramRows rows)
    {
        ulong start = 0, time = 0, count = 0;
        double sum = 0, min = 0, max = 0;
        var flags = 0;
        int counts = 0, bounds = 0;
        points.Begin();
        var reader = new WireReader(body, point, OtlpSchema.HistogramPoint);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    start = reader.Fixed64();
                    break;
                case 3:
                    time = reader.Fixed64();
                    break;
                case 4:
                    count = reader.Fixed64();
                    break;
                case 5:
                    sum = reader.Double();
                    break;
                case 6:
                    counts += Append(body, reader.PackedFixed64(), rows.BucketCounts);
                    break;
                case 7:
                    bounds += Append(body, reader.PackedFixed64(), rows.ExplicitBounds);
                    break;
                case 8:
                    points.AddExemplar(reader.Slice());
                    break;
                case 9:
                    points.Attributes.Add(body, reader.Slice());
                    break;
                case 10:
                    flags = (int)reader.Varint();
                    break;
                case 11:
                    min = reader.Double();
                    break;
                case 12:
                    max = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        rows.PointCount.Bits64(count);
        rows.Sum.Float64(sum);
        rows.BucketCounts.Close(counts);
        rows.ExplicitBounds.Close(bounds);
        rows.Flags.Bits32(flags);
        rows.Min.Float64(min);
        rows.Max.Float64(max);
        rows.AggregationTemporality.Bits32(metric.Temporality);
        return points.Write(body, metric, start, time, rows) ?? points.WriteExemplars(body, rows.Exemplars);
    }

    /// <summary>fixed64 and double stand on the wire as Native has them: little endian.</summary>
    private static int Append(ReadOnlySpan<byte> body, WireSlice numbers, ArrayColumn column)
    {
        column.Raw(numbers.Of(body));
        return numbers.Length / 8;
    }
}
