using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Writing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AgentObs.Ingest.Otlp;

/// <summary>
/// Reads a request's message within its bounds: size, growth by decompression, pace, and the memory that all requests together may take.
/// That memory is reserved before it is taken, and given back by <see cref="Dispose"/>.
/// </summary>
internal sealed class RequestBody(ByteBudget budget, IngestLimits limits, TimeProvider time) : IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private const int MostBytes = 64 * 1024;
    private const int GrpcHead = 5;

    private long reserved;

    /// <summary>The message, decompressed.</summary>
    public PooledBuffer Content { get; } = new();

    /// <summary>Whether that Content-Encoding, or grpc-encoding, is known.</summary>
    public static bool IsKnownEncoding(string encoding) => encoding is "" or "identity" or "gzip" or "deflate";

    /// <summary>Reads a body of OTLP/HTTP to its end.</summary>
    /// <exception cref="OtlpRefusal">A bound is met, or it is not what Content-Encoding says.</exception>
    /// <exception cref="OperationCanceledException">The sender has gone.</exception>
    public async Task ReadAsync(HttpContext context, string encoding)
    {
        CheckSize(context.Request.ContentLength ?? 0);
        await using var sender = Open(context);
        await ReadAsync(sender, encoding, "Content-Encoding");
    }

    /// <summary>
    /// Reads the one message of a unary gRPC call: a byte 0 or 1 (compressed), its length in four bytes, big-endian, and the message.
    /// A message over the limit is refused by its length alone.
    /// </summary>
    /// <exception cref="OtlpRefusal">A bound is met, or the frame is malformed.</exception>
    /// <exception cref="OperationCanceledException">The sender has gone.</exception>
    public async Task ReadGrpcAsync(HttpContext context, string encoding)
    {
        await using var sender = Open(context);
        var head = new byte[GrpcHead];
        var read = await sender.ReadAtLeastAsync(head, GrpcHead, throwOnEndOfStream: false);
        if (read < GrpcHead)
        {
            throw Malformed($"a gRPC message begins with {GrpcHead} bytes, {read} came");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(1));
        CheckSize(length);
        if (head[0] > 1 || (head[0] == 1 && encoding is "" or "identity"))
        {
            throw Malformed($"the message's compressed flag is {head[0]}, with grpc-encoding '{encoding}'");
        }

        await ReadAsync(sender, head[0] == 1 ? encoding : "", "grpc-encoding");
        if (sender.Total != GrpcHead + length)
        {
            throw Malformed($"a gRPC message of {length} bytes was announced, {sender.Total - GrpcHead} came; an Export call has one message");
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        budget.Release(reserved);
        reserved = 0;
    }

    private SenderStream Open(HttpContext context)
    {
        // Kestrel's own rate would close a whole HTTP/2 connection without a word to its other requests.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        return new SenderStream(context.Request.Body, limits, time, context.RequestAborted);
    }

    private async Task ReadAsync(SenderStream sender, string encoding, string header)
    {
        await using var source = encoding switch
        {
            "gzip" => new GZipStream(sender, CompressionMode.Decompress, leaveOpen: true),
            "deflate" => new ZLibStream(sender, CompressionMode.Decompress, leaveOpen: true),
            _ => (Stream)sender,
        };
        try
        {
            for (var size = FirstBytes; ; size = Math.Min(2 * size, MostBytes))
            {
                Reserve(Content.Length + size);
                var read = await source.ReadAsync(Content.RoomMemory(size)[..size]);
                if (read == 0)
                {
                    break;
                }

                Content.Advance(read);
                CheckSize(Content.Length);
                CheckRatio(sender.Total, header);
            }

            // A decompressor stops at the end of its data; what may stand behind it counts as sent.
            if (source != sender)
            {
                await sender.CopyToAsync(Stream.Null);
                CheckSize(sender.Total);
            }
        }
        catch (InvalidDataException e)
        {
            throw Malformed($"{header} {encoding}: the body is not {encoding}: {e.Message}");
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : Malformed($"the body is not HTTP: {e.Message}");
        }
    }

    private void Reserve(long bytes)
    {
        if (bytes > reserved)
        {
            if (!budget.TryReserve(bytes - reserved))
            {
                throw new OtlpRefusal(OtlpOutcome.Overloaded, $"too many requests are on their way ({budget.Limit} bytes): come again", nameof(WriteLimits.QueueBytes));
            }

            reserved = bytes;
        }
    }

    private void CheckRatio(long received, string header)
    {
        if (Content.Length > IngestLimits.CompressionFreeBytes && Content.Length > received * IngestLimits.CompressionRatio)
        {
            throw new OtlpRefusal(
                OtlpOutcome.TooLarge,
                $"{header}: {received} bytes grew to over {Content.Length}, more than {IngestLimits.CompressionRatio} times: send it uncompressed, or fewer records a request",
                nameof(IngestLimits.CompressionRatio));
        }
    }

    private static void CheckSize(long bytes)
    {
        if (bytes > IngestLimits.RequestBytes)
        {
            throw TooLarge();
        }
    }

    private static OtlpRefusal TooLarge() => new(
        OtlpOutcome.TooLarge, $"the body is over {IngestLimits.RequestBytes} bytes after decompression: send fewer records a request", nameof(IngestLimits.RequestBytes));

    private static OtlpRefusal Malformed(FormattableString message) => Malformed(message.ToString(CultureInfo.InvariantCulture));

    private static OtlpRefusal Malformed(string message) => new(OtlpOutcome.Undecodable, message);
}
