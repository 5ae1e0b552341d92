using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace AgentObs.Ingest.Rows;

/// <summary>Growing bytes from the shared array pool, with a mark to go back to. Not thread-safe.</summary>
internal sealed class PooledBuffer : IDisposable
{
    /// <summary>A reused buffer keeps an array up to this size; larger ones go back to the pool.</summary>
    private const int KeptBytes = 16 * 1024;
    private const int FirstBytes = 256;

    private byte[] bytes = [];
    private int mark;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => bytes.AsMemory(0, Length);

    /// <summary>Room for <paramref name="count"/> bytes behind what is written; <see cref="Advance"/> counts them in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Room(int count)
    {
        if (bytes.Length - Length < count)
        {
            Grow(count);
        }

        return bytes.AsSpan(Length);
    }

    /// <inheritdoc cref="Room"/>
    public Memory<byte> RoomMemory(int count)
    {
        Room(count);
        return bytes.AsMemory(Length);
    }

    public void Advance(int count) => Length += count;

    public void WriteByte(byte value)
    {
        Room(1)[0] = value;
        Length++;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Room(4), value);
        Length += 4;
    }

    public void WriteUInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
        Length += 8;
    }

    public void WriteVarint(ulong value)
    {
        var room = Room(10);
        var i = 0;
        while (value >= 0x80)
        {
            room[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[i++] = (byte)value;
        Length += i;
    }

    /// <summary>A string as both Native and protobuf write it: its length as varint, then its bytes.</summary>
    public void WriteString(ReadOnlySpan<byte> value)
    {
        var room = Room(value.Length + 5);
        if (value.Length < 0x80)
        {
            room[0] = (byte)value.Length;
            Length++;
            room = room[1..];
        }
        else
        {
            WriteVarint((ulong)value.Length);
            room = bytes.AsSpan(Length);
        }

        value.CopyTo(room);
        Length += value.Length;
    }

    /// <summary>A string of the sender's (ids, numbers and our own words are not). Its secrets are gone already: <see cref="Redaction.RequestRedactor"/>.</summary>
    public void WriteText(ReadOnlySpan<byte> value) => WriteString(value);

    /// <summary>The last eight bytes as a number: the running total of an offsets column. 0 when nothing is written.</summary>
    public ulong LastUInt64() => Length == 0 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(Length - 8));

    /// <summary>Overwrites bytes that were written before (lengths that are known only afterwards).</summary>
    public Span<byte> Patch(int start, int count) => bytes.AsSpan(start, count);

    public void Mark() => mark = Length;

    public void BackToMark() => Length = mark;

    public void Clear()
    {
        Length = 0;
        mark = 0;
        if (bytes.Length > KeptBytes)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }

        Length = 0;
        mark = 0;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, checked((int)Math.Max((long)Length + count, Math.Min(2L * bytes.Length, Array.MaxLength)))));
        Written.CopyTo(larger);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        bytes = larger;
    }
}
