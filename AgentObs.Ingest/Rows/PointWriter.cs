using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Writes what the rows of all kinds of metrics have in common.</summary>
internal sealed class PointWriter(AttributeList attributes, ResourceContext resource, ScopeContext scope)
{
    private readonly List<WireSlice> exemplars = [];

    public AttributeList Attributes { get; } = attributes;

    /// <summary>Forgets the point before.</summary>
    public void Begin()
    {
        Attributes.Clear();
        exemplars.Clear();
    }

    /// <summary>One over the limit is kept, so that it shows.</summary>
    public void AddExemplar(WireSlice exemplar)
    {
        if (exemplars.Count <= IngestLimits.Children)
        {
            exemplars.Add(exemplar);
        }
    }

    /// <summary>The problem, or null.</summary>
    public RecordProblem? Write(ReadOnlySpan<byte> body, in MetricFields metric, ulong start, ulong time, MetricRows rows)
    {
        rows.ResourceAttributes.Encoded(resource.Attributes);
        rows.ResourceSchemaUrl.Text(resource.SchemaUrl.Of(body));
        rows.ScopeName.Text(scope.Name.Of(body));
        rows.ScopeVersion.Text(scope.Version.Of(body));
        rows.ScopeAttributes.Encoded(scope.Attributes);
        rows.ScopeDroppedAttrCount.Bits32((int)scope.DroppedAttributes);
        rows.ScopeSchemaUrl.Text(scope.SchemaUrl.Of(body));
        rows.ServiceName.Encoded(resource.ServiceName);
        rows.MetricName.Text(metric.Name.Of(body));
        rows.MetricDescription.Text(metric.Description.Of(body));
        rows.MetricUnit.Text(metric.Unit.Of(body));
        rows.StartTimeUnix.Time(start);
        rows.TimeUnix.Time(time);
        return rows.Attributes.Attributes(Attributes, body) ? null : Attributes.Problem.In("data point attributes");
    }

    /// <summary>The problem, or null. Uses the attribute list: the point's own attributes must be written before.</summary>
    public RecordProblem? WriteExemplars(ReadOnlySpan<byte> body, ExemplarColumns columns)
    {
        if (RecordProblems.TooMany(exemplars.Count, "data point exemplars") is { } tooMany)
        {
            return tooMany;
        }

        foreach (var slice in exemplars)
        {
            if (WriteExemplar(body, slice, columns) is { } problem)
            {
                return problem;
            }
        }

        columns.Close(exemplars.Count);
        return null;
    }

    private RecordProblem? WriteExemplar(ReadOnlySpan<byte> body, WireSlice slice, ExemplarColumns columns)
    {
        ulong time = 0;
        double value = 0;
        WireSlice spanId = default, traceId = default;
        Attributes.Clear();
        var reader = new WireReader(body, slice, OtlpSchema.Exemplar);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    time = reader.Fixed64();
                    break;
                case 3:
                    value = reader.Double();
                    break;
                case 4:
                    spanId = reader.Slice();
                    break;
                case 5:
                    traceId = reader.Slice();
                    break;
                case 6:
                    value = (long)reader.Fixed64();
                    break;
                case 7:
                    Attributes.Add(body, reader.Slice());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var problem = RecordProblems.TraceId(traceId, "Exemplar.trace_id") ?? RecordProblems.SpanId(spanId, "Exemplar.span_id");
        if (problem is not null)
        {
            return problem;
        }

        columns.TimeUnix.Time(time);
        columns.Value.Float64(value);

        // Unlike everywhere else, the exporter writes an exemplar's absent ids as zeros.
        columns.SpanId.PaddedId(spanId.Of(body), Conventions.Ids.SpanIdBytes);
        columns.TraceId.PaddedId(traceId.Of(body), Conventions.Ids.TraceIdBytes);
        return columns.FilteredAttributes.Attributes(Attributes, body) ? null : Attributes.Problem.In("Exemplar.filtered_attributes");
    }
}
