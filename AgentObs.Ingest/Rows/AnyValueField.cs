using AgentObs.Ingest.Wire;

namespace AgentObs.Ingest.Rows;

/// <summary>Which of AnyValue's fields is set (the last one on the wire, as protobuf's oneof has it) and its value.</summary>
/// <param name="Field">Field number; 0 for an empty value.</param>
/// <param name="Slice">Of string, bytes, list and map.</param>
/// <param name="Bits">Of bool, int and double.</param>
internal readonly record struct AnyValueField(int Field, WireSlice Slice, ulong Bits)
{
    public const int String = 1;
    public const int Bool = 2;
    public const int Int = 3;
    public const int Double = 4;
    public const int Array = 5;
    public const int Map = 6;
    public const int Bytes = 7;

    public static AnyValueField Read(ReadOnlySpan<byte> body, WireSlice value)
    {
        var result = default(AnyValueField);
        var reader = new WireReader(body, value, OtlpSchema.AnyValue);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case String or Array or Map or Bytes:
                    result = new AnyValueField(reader.Field, reader.Slice(), 0);
                    break;
                case Bool or Int:
                    result = new AnyValueField(reader.Field, default, reader.Varint());
                    break;
                case Double:
                    result = new AnyValueField(reader.Field, default, reader.Fixed64());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return result;
    }
}
