using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace AgentObs.Ingest.Otlp;

/// <summary>gzip of gRPC messages that cannot unpack to more than a request may have: a bomb of 16 MiB would otherwise take 16 GiB.</summary>
internal sealed class BoundedGzip : ICompressionProvider
{
    public string EncodingName => "gzip";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? CompressionLevel.Fastest, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) => new BoundedStream(new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true));

    /// <summary>Reads through; the byte over the limit is RESOURCE_EXHAUSTED, what is not gzip INVALID_ARGUMENT.</summary>
    private sealed class BoundedStream(Stream inner) : Stream
    {
        private long total;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => total; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            try
            {
                var read = inner.Read(buffer);
                total += read;
                return total <= IngestOptions.MaxRequestBytes
                    ? read
                    : throw new RpcException(new Status(StatusCode.ResourceExhausted, $"the message is over {IngestOptions.MaxRequestBytes} bytes after decompression: send fewer records a request"));
            }
            catch (InvalidDataException e)
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, $"grpc-encoding gzip: the message is not gzip: {e.Message}"));
            }
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
