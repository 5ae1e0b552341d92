using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Log records into otel_logs.</summary>
internal sealed class LogDecoder() : SignalDecoder(OtlpSchema.LogsRequest)
{
    protected override void ReadRecord(ReadOnlySpan<byte> body, WireSlice record, RowBatch batch)
    {
        ulong time = 0, observed = 0;
        uint flags = 0;
        var severity = 0;
        WireSlice severityText = default, text = default, traceId = default, spanId = default, eventName = default;
        Attributes.Clear();
        var reader = new WireReader(body, record, OtlpSchema.LogRecord);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    time = reader.Fixed64();
                    break;
                case 2:
                    severity = (int)reader.Varint();
                    break;
                case 3:
                    severityText = reader.Slice();
                    break;
                case 5:
                    text = reader.Slice();
                    break;
                case 6:
                    Attributes.Add(body, reader.Slice());
                    break;
                case 8:
                    flags = reader.Fixed32();
                    break;
                case 9:
                    traceId = reader.Slice();
                    break;
                case 10:
                    spanId = reader.Slice();
                    break;
                case 11:
                    observed = reader.Fixed64();
                    break;
                case 12:
                    eventName = reader.Slice();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        var problem = ContextProblem
            ?? RecordProblems.TraceId(traceId, "LogRecord.trace_id")
            ?? RecordProblems.SpanId(spanId, "LogRecord.span_id");
        if (problem is not null)
        {
            batch.Reject(problem);
            return;
        }

        Charge(batch, record.Length);
        var rows = batch.Logs;
        rows.Begin();

        // codex sends no time of its own, only the observed one.
        rows.Timestamp.Time(time != 0 ? time : observed);
        rows.TraceId.Id(traceId.Of(body));
        rows.SpanId.Id(spanId.Of(body));
        rows.TraceFlags.Byte((byte)flags);
        rows.SeverityText.Text(severityText.Of(body));
        rows.SeverityNumber.Byte((byte)severity);
        rows.ServiceName.Encoded(Resource.ServiceName);
        rows.ResourceSchemaUrl.Text(Resource.SchemaUrl.Of(body));
        rows.ResourceAttributes.Encoded(Resource.Attributes);
        rows.ScopeSchemaUrl.Text(Scope.SchemaUrl.Of(body));
        rows.ScopeName.Text(Scope.Name.Of(body));
        rows.ScopeVersion.Text(Scope.Version.Of(body));
        rows.ScopeAttributes.Encoded(Scope.Attributes);
        rows.EventName.Text(eventName.Of(body));
        problem = text.Length > IngestLimits.ValueBytes ? RecordProblems.LongValue.In("LogRecord.body")
            : !rows.Body.Value(Text, body, text) ? RecordProblems.DeepValue.In("LogRecord.body")
            : !rows.LogAttributes.Attributes(Attributes, body) ? Attributes.Problem.In("LogRecord.attributes")
            : null;
        if (problem is not null)
        {
            rows.TakeBack();
            batch.Reject(problem);
            return;
        }

        rows.End();
    }
}
