using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>ExponentialHistogramDataPoint into otel_metrics_exponential_histogram. Missing sum, min and max are 0.</summary>
internal sealed class ExponentialPointDecoder(PointWriter points)
{
    /// <summary>Writes the row; the problem, or null.</summary>
    public RecordProblem? Write(ReadOnlySpan<byte> body, in MetricFields metric, WireSlice point, ExponentialRows rows)
    {
        ulong start = 0, time = 0, count = 0, zeroCount = 0;
        double sum = 0, min = 0, max = 0;
        int scale = 0, flags = 0;
        WireSlice positive = default, negative = default;
        points.Begin();
        var reader = new WireReader(body, point, OtlpSchema.ExponentialPoint);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    points.Attributes.Add(body, reader.Slice());
                    break;
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
                    scale = reader.SInt32();
                    break;
                case 7:
                    zeroCount = reader.Fixed64();
                    break;
                case 8:
                    positive = reader.Slice();
                    break;
                case 9:
                    negative = reader.Slice();
                    break;
                case 10:
                    flags = (int)reader.Varint();
                    break;
                case 11:
                    points.AddExemplar(reader.Slice());
                    break;
                case 12:
                    min = reader.Double();
                    break;
                case 13:
                    max = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        rows.PointCount.Bits64(count);
        rows.Sum.Float64(sum);
        rows.Scale.Bits32(scale);
        rows.ZeroCount.Bits64(zeroCount);
        WriteBuckets(body, positive, rows.PositiveOffset, rows.PositiveBucketCounts);
        WriteBuckets(body, negative, rows.NegativeOffset, rows.NegativeBucketCounts);
        rows.Flags.Bits32(flags);
        rows.Min.Float64(min);
        rows.Max.Float64(max);
        rows.AggregationTemporality.Bits32(metric.Temporality);
        return points.Write(body, metric, start, time, rows) ?? points.WriteExemplars(body, rows.Exemplars);
    }

    private static void WriteBuckets(ReadOnlySpan<byte> body, WireSlice buckets, NumberColumn offsets, ArrayColumn counts)
    {
        var offset = 0;
        var count = 0;
        var reader = new WireReader(body, buckets, OtlpSchema.Buckets);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    offset = reader.SInt32();
                    break;
                case 2:
                    var packed = new WireReader(body, reader.PackedVarint(), OtlpSchema.Buckets);
                    while (packed.NextPacked(out var value))
                    {
                        counts.Bits64(value);
                        count++;
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        offsets.Bits32(offset);
        counts.Close(count);
    }
}
