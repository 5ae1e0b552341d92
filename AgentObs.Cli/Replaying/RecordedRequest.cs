using System.IO.Compression;
using AgentObs.Cli.Rewriting;
using AgentObs.Ingest.Wire;

namespace AgentObs.Cli.Replaying;

/// <summary>One request of a recording, as its <c>index.json</c> names it.</summary>
/// <param name="File">Full path of the body.</param>
/// <param name="AtMilliseconds">When it was sent, counted from the start of the recording (<c>t_ms</c>).</param>
/// <param name="Signal"><c>traces</c>, <c>logs</c> or <c>metrics</c>.</param>
/// <param name="IsGrpc">Sent over gRPC; the body is the bare message, without the 5-byte frame.</param>
/// <param name="Path"><c>/v1/traces</c>, or the gRPC method's <c>/opentelemetry.proto.collector.trace.v1.TraceService/Export</c>.</param>
/// <param name="ContentType"><c>application/x-protobuf</c>, <c>application/json</c> or <c>application/grpc</c>.</param>
/// <param name="Encoding"><c>identity</c> or <c>gzip</c>: how <paramref name="Body"/> is packed.</param>
/// <param name="Body">The bytes as they were sent.</param>
internal sealed record RecordedRequest(
    string File, long AtMilliseconds, string Signal, bool IsGrpc, string Path, string ContentType, string Encoding, byte[] Body)
{
    private bool IsJson => ContentType.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the unpacked body.</summary>
    /// <exception cref="CommandException">It is not what the index says; names the file.</exception>
    public T Read<T>(Func<OtlpBody, T> read)
    {
        try
        {
            return read(new OtlpBody(Signal, IsJson, Encoding == "gzip" ? Unpack(Body) : Body));
        }
        catch (Exception error) when (error is InvalidDataException or OtlpFormatException)
        {
            throw CommandException.Failed($"{File} is not an OTLP request of {Signal}: {error.Message}");
        }
    }

    public OtlpCounts Count() => Read(body =>
    {
        var counts = new OtlpCounts();
        body.Walk(counts);
        return counts;
    });

    private static byte[] Unpack(byte[] body)
    {
        using var packed = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
