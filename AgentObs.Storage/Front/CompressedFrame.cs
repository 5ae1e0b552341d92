using System.Buffers.Binary;
using AgentObs.Storage.Protocol;

namespace AgentObs.Storage.Front;

/// <summary>
/// A frame of ClickHouse's compressed bodies: CityHash128 of the rest (16 bytes), the method, the size of header and data (u32), the size
/// when decompressed (u32), the data; little-endian. A body is any number of them.
/// <code>
/// 5f 1c .. 16 bytes ..   82   9a 00 00 00   e6 04 00 00   [data]
/// </code>
/// </summary>
internal static class CompressedFrame
{
    internal const int ChecksumBytes = 16;

    /// <summary>Method and both sizes; the first size counts them.</summary>
    internal const int HeaderBytes = 9;

    internal const byte Stored = 0x02;
    internal const byte Lz4 = 0x82;
    internal const byte Zstd = 0x90;

    /// <summary>A client sends one block as one frame, and a block of metrics reaches tens of megabytes; an engine's own are 1 MB.</summary>
    internal const int MaxBytes = 256 << 20;

    /// <summary>The data as it is, for readers that must be given frames.</summary>
    internal static byte[] Store(ReadOnlySpan<byte> data)
    {
        var frame = new byte[ChecksumBytes + HeaderBytes + data.Length];
        var rest = frame.AsSpan(ChecksumBytes);
        rest[0] = Stored;
        BinaryPrimitives.WriteInt32LittleEndian(rest[1..], HeaderBytes + data.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[5..], data.Length);
        data.CopyTo(rest[HeaderBytes..]);
        var (low, high) = CityHash128.Of(rest);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, low);
        BinaryPrimitives.WriteUInt64LittleEndian(frame.AsSpan(8), high);
        return frame;
    }

    /// <summary>Sizes of a frame from its first 25 bytes.</summary>
    /// <exception cref="ProtocolException">It is no frame, or one too large.</exception>
    internal static (int Data, int Decompressed) Sizes(ReadOnlySpan<byte> head)
    {
        var header = head[ChecksumBytes..];
        var data = BinaryPrimitives.ReadUInt32LittleEndian(header[1..]);
        var decompressed = BinaryPrimitives.ReadUInt32LittleEndian(header[5..]);
        if (header[0] is not (Stored or Lz4 or Zstd) || data < HeaderBytes)
        {
            throw ProtocolException.BadRequest(
                $"decompress=1 asks for compressed frames, and the body has none (method 0x{header[0]:x2}); leave decompress out for a plain body");
        }

        return data <= MaxBytes && decompressed <= MaxBytes
            ? ((int)data - HeaderBytes, (int)decompressed)
            : throw ProtocolException.TooLarge($"a compressed frame of {data} to {decompressed} bytes; at most {MaxBytes} are taken, send smaller blocks");
    }
}
