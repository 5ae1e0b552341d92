using System.Buffers.Binary;
using AgentObs.Storage.Protocol;
using ClickHouse.Driver.Compression;
using K4os.Compression.LZ4;

namespace AgentObs.Storage.Front;

/// <summary>Reads a body of <see cref="CompressedFrame"/>s as the bytes inside them. Holds one frame at a time.</summary>
internal sealed class FrameReadStream(Stream frames) : Stream
{
    private readonly byte[] head = new byte[CompressedFrame.ChecksumBytes + CompressedFrame.HeaderBytes];
    private byte[] data = [];
    private int at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="ProtocolException">The frame is none, is cut, or its checksum is wrong.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (at == data.Length)
        {
            if (!await NextAsync(cancellationToken))
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, data.Length - at);
        data.AsSpan(at, count).CopyTo(buffer.Span);
        at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async Task<bool> NextAsync(CancellationToken cancellation)
    {
        var read = await frames.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
        {
            return false;
        }

        if (read < head.Length)
        {
            throw Cut();
        }

        var (compressed, decompressed) = CompressedFrame.Sizes(head);
        var frame = new byte[CompressedFrame.HeaderBytes + compressed];
        head.AsSpan(CompressedFrame.ChecksumBytes).CopyTo(frame);
        if (await frames.ReadAtLeastAsync(frame.AsMemory(CompressedFrame.HeaderBytes), compressed, throwOnEndOfStream: false, cancellation) < compressed)
        {
            throw Cut();
        }

        var (low, high) = CityHash128.Of(frame);
        if (low != BinaryPrimitives.ReadUInt64LittleEndian(head) || high != BinaryPrimitives.ReadUInt64LittleEndian(head.AsSpan(8)))
        {
            throw ProtocolException.BadRequest("the checksum of a compressed frame is wrong: the body was changed on its way, or is no body of frames");
        }

        data = Decompress(frame, decompressed);
        at = 0;
        return true;
    }

    private static byte[] Decompress(byte[] frame, int size)
    {
        var source = frame.AsMemory(CompressedFrame.HeaderBytes);
        var target = new byte[size];
        var written = frame[0] switch
        {
            CompressedFrame.Lz4 => LZ4Codec.Decode(source.Span, target),
            CompressedFrame.Zstd => Zstd(source, target),
            _ => Copy(source.Span, target),
        };
        return written == size ? target : throw ProtocolException.BadRequest($"a compressed frame holds other than the {size} bytes that it names");
    }

    private static int Zstd(ReadOnlyMemory<byte> source, byte[] target)
    {
        using var plain = ZstdCompressor.Default.Decompress(new MemoryStream(source.ToArray()), false);
        return plain.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target) => source.TryCopyTo(target) ? source.Length : -1;

    private static ProtocolException Cut() => ProtocolException.BadRequest("the body ends within a compressed frame");
}
