namespace AgentObs.Cli.Rewriting;

/// <summary>Walks an OTLP request in protobuf's wire format and tells a visitor where ids, times and texts stand.</summary>
internal ref struct OtlpWire
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
    /// <exception cref="InvalidDataException">The bytes are not a message of that signal; names the offset.</exception>
    public static void Walk(string signal, ReadOnlySpan<byte> body, IOtlpVisitor visitor)
    {
        var message = signal switch
        {
            "traces" => OtlpMessage.TraceRequest,
            "logs" => OtlpMessage.LogsRequest,
            _ => OtlpMessage.MetricsRequest,
        };
        new OtlpWire(body, visitor).Message(message, 0, body.Length, [], OtlpRecord.None, 0);
    }

    private readonly void Message(OtlpMessage message, int offset, int end, ReadOnlySpan<byte> key, OtlpRecord record, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException($"byte {offset}: nested deeper than {MaxDepth}");
        }

        while (offset < end)
        {
            var tag = Varint(ref offset, end);
            var field = OtlpFields.Of(message, (int)(tag >> 3));
            var (start, length) = Value((int)(tag & 7), ref offset, end);
            switch (field.Role)
            {
                case OtlpFieldRole.Message:
                    if (field.Record != OtlpRecord.None)
                    {
                        _visitor.Record(field.Record);
                    }

                    Message(field.Message, start, start + length, key, field.Record == OtlpRecord.None ? record : field.Record, depth + 1);
                    break;
                case OtlpFieldRole.Key:
                    key = _body.Slice(start, length);
                    break;
                case OtlpFieldRole.Id:
                    _visitor.Id(start, length);
                    break;
                case OtlpFieldRole.Time when length == sizeof(ulong):
                    _visitor.Time(start, length, record);
                    break;
                case OtlpFieldRole.Text:
                    _visitor.Text(key, start, length);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Where the field's value lies; of a varint the value itself is of no use here.</summary>
    private readonly (int Start, int Length) Value(int wireType, ref int offset, int end)
    {
        var start = offset;
        switch (wireType)
        {
            case 0:
                _ = Varint(ref offset, end);
                return (start, 0);
            case 1:
                offset += sizeof(ulong);
                break;
            case 2:
                var length = Varint(ref offset, end);
                start = offset;
                offset = length <= (ulong)(end - offset) ? offset + (int)length : throw Truncated(start);
                break;
            case 5:
                offset += sizeof(uint);
                break;
            default:
                throw new InvalidDataException($"byte {start}: wire type {wireType} is not OTLP's");
        }

        return offset <= end ? (start, offset - start) : throw Truncated(start);
    }

    private readonly ulong Varint(ref int offset, int end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (offset >= end)
            {
                throw Truncated(offset);
            }

            var next = _body[offset++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException($"byte {offset}: a number longer than 64 bits");
    }

    private static InvalidDataException Truncated(int offset) => new($"byte {offset}: a field ends behind its message");
}
