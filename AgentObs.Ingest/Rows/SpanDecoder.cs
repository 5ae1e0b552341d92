using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Spans into otel_traces. First the whole span is read, then its row is written, so that most bad spans never touch a column.</summary>
internal sealed class SpanDecoder() : SignalDecoder(OtlpSchema.TraceRequest)
{
    private readonly List<WireSlice> events = [];
    private readonly List<WireSlice> links = [];

    protected override void ReadRecord(ReadOnlySpan<byte> body, WireSlice record, RowBatch batch)
    {
        var span = ReadFields(body, record);
        var problem = ContextProblem
            ?? RecordProblems.TraceId(span.TraceId, "Span.trace_id")
            ?? RecordProblems.SpanId(span.SpanId, "Span.span_id")
            ?? RecordProblems.SpanId(span.ParentSpanId, "Span.parent_span_id")
            ?? RecordProblems.Absent(body, span.TraceId, "Span.trace_id")
            ?? RecordProblems.Absent(body, span.SpanId, "Span.span_id")
            ?? RecordProblems.TooMany(events.Count, "Span.events")
            ?? RecordProblems.TooMany(links.Count, "Span.links");
        if (problem is not null)
        {
            batch.Reject(problem);
            return;
        }

        Charge(batch, record.Length);
        batch.Spans.Begin();
        problem = WriteRow(body, span, batch.Spans);
        if (problem is not null)
        {
            batch.Spans.TakeBack();
            batch.Reject(problem);
            return;
        }

        batch.Spans.End();
    }

    private SpanFields ReadFields(ReadOnlySpan<byte> body, WireSlice record)
    {
        var span = default(SpanFields);
        Attributes.Clear();
        events.Clear();
        links.Clear();
        var reader = new WireReader(body, record, OtlpSchema.Span);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    span.TraceId = reader.Slice();
                    break;
                case 2:
                    span.SpanId = reader.Slice();
                    break;
                case 3:
                    span.TraceState = reader.Slice();
                    break;
                case 4:
                    span.ParentSpanId = reader.Slice();
                    break;
                case 5:
                    span.Name = reader.Slice();
                    break;
                case 6:
                    span.Kind = (int)reader.Varint();
                    break;
                case 7:
                    span.Start = reader.Fixed64();
                    break;
                case 8:
                    span.End = reader.Fixed64();
                    break;
                case 9:
                    Attributes.Add(body, reader.Slice());
                    break;
                case 11:
                    Add(events, reader.Slice());
                    break;
                case 13:
                    Add(links, reader.Slice());
                    break;
                case 15:
                    ReadStatus(body, reader.Slice(), ref span);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return span;
    }

    /// <summary>One over the limit is kept, so that it shows.</summary>
    private static void Add(List<WireSlice> children, WireSlice child)
    {
        if (children.Count <= IngestLimits.Children)
        {
            children.Add(child);
        }
    }

    private static void ReadStatus(ReadOnlySpan<byte> body, WireSlice status, ref SpanFields span)
    {
        var reader = new WireReader(body, status, OtlpSchema.Status);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 2:
                    span.StatusMessage = reader.Slice();
                    break;
                case 3:
                    span.StatusCode = (int)reader.Varint();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private RecordProblem? WriteRow(ReadOnlySpan<byte> body, in SpanFields span, SpanRows rows)
    {
        rows.Timestamp.Time(span.Start);
        rows.TraceId.Id(span.TraceId.Of(body));
        rows.SpanId.Id(span.SpanId.Of(body));
        rows.ParentSpanId.Id(span.ParentSpanId.Of(body));
        rows.TraceState.Text(span.TraceState.Of(body));
        rows.SpanName.Text(span.Name.Of(body));
        rows.SpanKind.Word(KindWord(span.Kind));
        rows.ServiceName.Encoded(Resource.ServiceName);
        rows.ResourceAttributes.Encoded(Resource.Attributes);
        rows.ScopeName.Text(Scope.Name.Of(body));
        rows.ScopeVersion.Text(Scope.Version.Of(body));

        // An end before the start wraps, as the exporter's does: readers take a duration over 2^62 as "no end".
        rows.Duration.Bits64(unchecked(UnixTime.Storable(span.End) - UnixTime.Storable(span.Start)));
        rows.StatusCode.Word(StatusWord(span.StatusCode));
        rows.StatusMessage.Text(span.StatusMessage.Of(body));
        return rows.SpanAttributes.Attributes(Attributes, body)
            ? WriteEvents(body, rows) ?? WriteLinks(body, rows)
            : Attributes.Problem.In("Span.attributes");
    }

    private RecordProblem? WriteEvents(ReadOnlySpan<byte> body, SpanRows rows)
    {
        foreach (var slice in events)
        {
            ulong time = 0;
            WireSlice name = default;
            Attributes.Clear();
            var reader = new WireReader(body, slice, OtlpSchema.Event);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1:
                        time = reader.Fixed64();
                        break;
                    case 2:
                        name = reader.Slice();
                        break;
                    case 3:
                        Attributes.Add(body, reader.Slice());
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            rows.EventTimestamps.Time(time);
            rows.EventNames.Text(name.Of(body));
            if (!rows.EventAttributes.Attributes(Attributes, body))
            {
                return Attributes.Problem.In("Span.events.attributes");
            }
        }

        rows.EventTimestamps.Close(events.Count);
        rows.EventNames.Close(events.Count);
        rows.EventAttributes.Close(events.Count);
        return null;
    }

    private RecordProblem? WriteLinks(ReadOnlySpan<byte> body, SpanRows rows)
    {
        foreach (var slice in links)
        {
            WireSlice traceId = default, spanId = default, traceState = default;
            Attributes.Clear();
            var reader = new WireReader(body, slice, OtlpSchema.Link);
            while (reader.Next())
            {
                switch (reader.Field)
                {
                    case 1:
                        traceId = reader.Slice();
                        break;
                    case 2:
                        spanId = reader.Slice();
                        break;
                    case 3:
                        traceState = reader.Slice();
                        break;
                    case 4:
                        Attributes.Add(body, reader.Slice());
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            var problem = RecordProblems.TraceId(traceId, "Span.links.trace_id") ?? RecordProblems.SpanId(spanId, "Span.links.span_id");
            if (problem is not null)
            {
                return problem;
            }

            rows.LinkTraceIds.Id(traceId.Of(body));
            rows.LinkSpanIds.Id(spanId.Of(body));
            rows.LinkTraceStates.Text(traceState.Of(body));
            if (!rows.LinkAttributes.Attributes(Attributes, body))
            {
                return Attributes.Problem.In("Span.links.attributes");
            }
        }

        rows.LinkTraceIds.Close(links.Count);
        rows.LinkSpanIds.Close(links.Count);
        rows.LinkTraceStates.Close(links.Count);
        rows.LinkAttributes.Close(links.Count);
        return null;
    }

    private static ReadOnlySpan<byte> KindWord(int kind) => kind switch
    {
        0 => "Unspecified"u8,
        1 => "Internal"u8,
        2 => "Server"u8,
        3 => "Client"u8,
        4 => "Producer"u8,
        5 => "Consumer"u8,
        _ => default,
    };

    private static ReadOnlySpan<byte> StatusWord(int code) => code switch
    {
        0 => "Unset"u8,
        1 => "Ok"u8,
        2 => "Error"u8,
        _ => default,
    };
}
