using AgentObs.Ingest.Wire;

namespace AgentObs.Cli.Rewriting;

/// <summary>Walks an OTLP request in protobuf's wire format and tells a visitor where ids, times and texts stand.</summary>
internal readonly ref struct OtlpWire
{
    private const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _body;
    private readonly IOtlpVisitor _visitor;

    private OtlpWire(ReadOnlySpan<byte> body, IOtlpVisitor visitor)
    {
        _body = body;
        _visitor = visitor;
    }

    /// <param name="signal"><c>traces</c>, <c>logs</c> or <c>metrics</c>.</param>
    /// <exception cref="OtlpFormatException">The bytes are not a message of that signal; names byte and field.</exception>
    public static void Walk(string signal, ReadOnlySpan<byte> body, IOtlpVisitor visitor)
    {
        var request = signal switch
        {
            "traces" => OtlpSchema.TraceRequest,
            "logs" => OtlpSchema.LogsRequest,
            _ => OtlpSchema.MetricsRequest,
        };
        new OtlpWire(body, visitor).Message(request, new WireSlice(0, body.Length), [], OtlpRecord.None, 0);
    }

    private void Message(OtlpMessage message, WireSlice slice, ReadOnlySpan<byte> key, OtlpRecord record, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new OtlpFormatException($"byte {slice.Start}: nested deeper than {MaxDepth}");
        }

        var reader = new WireReader(_body, slice, message);
        while (reader.Next())
        {
            switch (message.Find(reader.Field))
            {
                case { Message: { } inner }:
                    Message(inner, reader.Slice(), key, Begin(inner, record), depth + 1);
                    break;
                case { IsTime: true } when reader.PackedFixed64() is { Length: sizeof(ulong) } time:
                    _visitor.Time(time.Start, time.Length, record);
                    break;
                case { IsTime: true }:
                    break;
                case { Type: OtlpFieldType.Id }:
                    var id = reader.Slice();
                    _visitor.Id(id.Start, id.Length);
                    break;
                case { Type: OtlpFieldType.Text } field:
                    var text = reader.Slice();
                    if (message == OtlpSchema.KeyValue && field.Name == "key")
                    {
                        key = text.Of(_body);
                    }
                    else
                    {
                        _visitor.Text(key, text.Start, text.Length);
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private OtlpRecord Begin(OtlpMessage message, OtlpRecord around)
    {
        var begun = message switch
        {
            _ when message == OtlpSchema.Span => OtlpRecord.Span,
            _ when message == OtlpSchema.LogRecord => OtlpRecord.Log,
            _ when message == OtlpSchema.NumberPoint
                || message == OtlpSchema.HistogramPoint
                || message == OtlpSchema.ExponentialPoint
                || message == OtlpSchema.SummaryPoint => OtlpRecord.Point,
            _ => OtlpRecord.None,
        };
        if (begun == OtlpRecord.None)
        {
            return around;
        }

        _visitor.Record(begun);
        return begun;
    }
}
