using System.Globalization;
using System.IO.Compression;
using AgentObs.Ingest.Rows;
using AgentObs.Ingest.Wire;
using AgentObs.Ingest.Writing;

namespace AgentObs.Ingest.Otlp;

/// <summary>Reads an HTTP body within its bounds: size after decompression, and the memory that all requests together may take.</summary>
internal static class RequestBody
{
    private const int ReadBytes = 64 * 1024;

    /// <summary>Whether <see cref="ReadAsync"/> knows that Content-Encoding.</summary>
    public static bool IsKnownEncoding(string encoding) => encoding is "" or "identity" or "gzip" or "deflate";

    /// <summary>Reads to the end. What it reserved of the budget, <paramref name="body"/>'s length, is the caller's to release.</summary>
    /// <returns>False when the budget is used up.</returns>
    /// <exception cref="OtlpTooLargeException">Over <see cref="IngestOptions.MaxRequestBytes"/>.</exception>
    /// <exception cref="OtlpFormatException">Not what Content-Encoding says.</exception>
    public static async Task<bool> ReadAsync(HttpRequest request, string encoding, PooledBuffer body, ByteBudget budget, CancellationToken cancellation)
    {
        CheckSize(request.ContentLength ?? 0);
        await using var source = encoding switch
        {
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            _ => request.Body,
        };
        try
        {
            while (true)
            {
                var read = await source.ReadAsync(body.RoomMemory(ReadBytes)[..ReadBytes], cancellation);
                if (read == 0)
                {
                    return true;
                }

                if (!budget.TryReserve(read))
                {
                    return false;
                }

                body.Advance(read);
                CheckSize(body.Length);
            }
        }
        catch (InvalidDataException e)
        {
            throw new OtlpFormatException($"Content-Encoding {encoding}: the body is not {encoding}: {e.Message}", e);
        }
    }

    private static void CheckSize(long bytes)
    {
        if (bytes > IngestOptions.MaxRequestBytes)
        {
            throw new OtlpTooLargeException(string.Create(
                CultureInfo.InvariantCulture, $"the body is over {IngestOptions.MaxRequestBytes} bytes after decompression: send fewer records a request"));
        }
    }
}
