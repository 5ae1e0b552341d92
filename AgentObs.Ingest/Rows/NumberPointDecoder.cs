using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>NumberDataPoint into otel_metrics_gauge and otel_metrics_sum.</summary>
internal sealed class NumberPointDecoder(PointWriter points)
{
    /// <summary>Writes the row; the problem, or null.</summary>
    public RecordProblem? Write(ReadOnlySpan<byte> body, in MetricFields metric, WireSlice point, NumberRows rows)
    {
        ulong start = 0, time = 0;
        double value = 0;
        var flags = 0;
        points.Begin();
        var reader = new WireReader(body, point, OtlpSchema.NumberPoint);
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
                    value = reader.Double();
                    break;
                case 5:
                    points.AddExemplar(reader.Slice());
                    break;
                case 6:
                    value = (long)reader.Fixed64();
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

        rows.Value.Float64(value);
        rows.Flags.Bits32(flags);
        rows.AggregationTemporality?.Bits32(metric.Temporality);
        rows.IsMonotonic?.Byte(metric.IsMonotonic ? (byte)1 : (byte)0);
        return points.Write(body, metric, start, time, rows) ?? points.WriteExemplars(body, rows.Exemplars);
    }
}
