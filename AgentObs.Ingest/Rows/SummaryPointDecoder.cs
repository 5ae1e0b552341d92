using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>SummaryDataPoint into otel_metrics_summary.</summary>
internal sealed class SummaryPointDecoder(PointWriter points)
{
    /// <summary>Writes the row; the problem, or null.</summary>
    public RecordProblem? Write(ReadOnlySpan<byte> body, in MetricFields metric, WireSlice point, SummaryRows rows)
    {
        ulong start = 0, time = 0, count = 0;
        double sum = 0;
        var flags = 0;
        var quantiles = 0;
        points.Begin();
        var reader = new WireReader(body, point, OtlpSchema.SummaryPoint);
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
                    WriteQuantile(body, reader.Slice(), rows);
                    quantiles++;
                    break;
                case 7:
                    points.Attributes.Add(body, reader.Slice());
                    break;
                case 8:
                    flags = (int)reader.Varint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        rows.PointCount.Bits64(count);
        rows.Sum.Float64(sum);
        rows.Quantiles.Close(quantiles);
        rows.QuantileValues.Close(quantiles);
        rows.Flags.Bits32(flags);
        return points.Write(body, metric, start, time, rows);
    }

    private static void WriteQuantile(ReadOnlySpan<byte> body, WireSlice slice, SummaryRows rows)
    {
        double quantile = 0, value = 0;
        var reader = new WireReader(body, slice, OtlpSchema.Quantile);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    quantile = reader.Double();
                    break;
                case 2:
                    value = reader.Double();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        rows.Quantiles.Float64(quantile);
        rows.QuantileValues.Float64(value);
    }
}
