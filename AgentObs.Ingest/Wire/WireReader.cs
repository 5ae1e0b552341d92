using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace AgentObs.Ingest.Wire;

/// <summary>
/// Walks one protobuf message inside a body. Positions are those of the whole body, so that an error can name the byte.
/// A known field of another wire type, a length beyond the message, and a varint over ten bytes are errors; unknown fields are skipped.
/// </summary>
internal ref struct WireReader
{
    private const int Varint64 = 0;
    private const int Bits64 = 1;
    private const int Delimited = 2;
    private const int Bits32 = 5;

    private readonly ReadOnlySpan<byte> body;
    private readonly OtlpMessage message;
    private readonly int end;
    private int position;
    private int wireType;

    public WireReader(ReadOnlySpan<byte> body, WireSlice slice, OtlpMessage message)
    {
        this.body = body;
        this.message = message;
        position = slice.Start;
        end = slice.End;
        wireType = 0;
        Field = 0;
    }

    /// <summary>Number of the field whose value comes next.</summary>
    public int Field { get; private set; }

    /// <summary>Where the next tag or value stands in the body.</summary>
    public readonly int Position => position;

    /// <summary>Reads the next tag; false at the end of the message. Every field must then be read or skipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        if (position >= end)
        {
            return false;
        }

        var tag = RawVarint();
        wireType = (int)(tag & 7);
        if (tag is < 8 or > uint.MaxValue)
        {
            Throw(tag < 8 ? "field number 0" : "field number out of range");
        }

        Field = (int)(tag >> 3);
        return true;
    }

    public ulong Varint()
    {
        Expect(Varint64);
        return RawVarint();
    }

    public ulong Fixed64()
    {
        Expect(Bits64);
        return RawFixed64();
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public uint Fixed32()
    {
        Expect(Bits32);
        Need(4);
        var value = BinaryPrimitives.ReadUInt32LittleEndian(body[position..]);
        position += 4;
        return value;
    }

    /// <summary>A zigzag varint.</summary>
    public int SInt32()
    {
        var raw = (uint)Varint();
        return (int)(raw >> 1) ^ -(int)(raw & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WireSlice Slice()
    {
        Expect(Delimited);
        return RawSlice();
    }

    /// <summary>A repeated eight-byte number, packed or not: the slice holds the numbers as they stand.</summary>
    public WireSlice PackedFixed64()
    {
        if (wireType == Bits64)
        {
            Need(8);
            position += 8;
            return new WireSlice(position - 8, 8);
        }

        var slice = Slice();
        if (slice.Length % 8 != 0)
        {
            Throw($"packed list of {slice.Length} bytes, not a multiple of 8");
        }

        return slice;
    }

    /// <summary>A repeated varint, packed or not.</summary>
    public WireSlice PackedVarint()
    {
        if (wireType != Varint64)
        {
            return Slice();
        }

        var start = position;
        RawVarint();
        return new WireSlice(start, position - start);
    }

    /// <summary>The next number of a slice that <see cref="PackedVarint"/> gave; for a reader made on that slice.</summary>
    public bool NextPacked(out ulong value)
    {
        if (position >= end)
        {
            value = 0;
            return false;
        }

        value = RawVarint();
        return true;
    }

    public void Skip()
    {
        switch (wireType)
        {
            case Varint64:
                RawVarint();
                break;
            case Bits64:
                Need(8);
                position += 8;
                break;
            case Delimited:
                RawSlice();
                break;
            case Bits32:
                Need(4);
                position += 4;
                break;
            default:
                Throw($"wire type {wireType}, which OTLP does not use");
                break;
        }
    }

    private ulong RawFixed64()
    {
        Need(8);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(body[position..]);
        position += 8;
        return value;
    }

    private WireSlice RawSlice()
    {
        var length = RawVarint();
        if (length > (ulong)(end - position))
        {
            Throw($"length {length} is over the {end - position} bytes left of {message.Name}");
        }

        var slice = new WireSlice(position, (int)length);
        position += (int)length;
        return slice;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong RawVarint()
    {
        if (position < end && body[position] < 0x80)
        {
            return body[position++];
        }

        return LongVarint();
    }

    private ulong LongVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            Need(1);
            var next = body[position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Throw("varint of more than ten bytes");
        return 0;
    }

    private readonly void Need(int count)
    {
        if (end - position < count)
        {
            Throw($"{message.Name} ends in the middle of a value");
        }
    }

    private readonly void Expect(int expected)
    {
        if (wireType != expected)
        {
            Throw($"wire type {wireType}, expected {expected}");
        }
    }

    [DoesNotReturn]
    private readonly void Throw(string problem) =>
        throw new OtlpFormatException($"byte {position}: {message.Name}.{message.Find(Field)?.Name ?? "?"} (field {Field}): {problem}");
}
