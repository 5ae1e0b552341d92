using System.IO.Compression;
using System.Text.RegularExpressions;
using ClickHouse.Driver.Compression;

namespace AgentObs.Storage.Protocol;

/// <summary>Takes a request apart: <c>POST /?database=otel&amp;query=SELECT...&amp;param_id=7&amp;max_threads=1</c>.</summary>
internal static partial class RequestReader
{
    /// <summary>What the protocol or its clients put into the URL that is no setting of the engine, or means nothing to it.</summary>
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        "client_protocol_version", "compress", "decompress", "enable_http_compression", "http_zlib_compression_level", "user", "password",
        "quota_key", "role", "session_id", "session_timeout", "session_check", "close_session", "wait_end_of_query", "buffer_size",
        "send_progress_in_http_headers", "http_headers_progress_interval_ms", "stacktrace", "async_insert", "wait_for_async_insert",

        // The tag that statements are cancelled by.
        "log_comment",
    };

    /// <param name="queryString">With or without the question mark.</param>
    /// <param name="contentEncodings">The body's Content-Encoding, outermost last.</param>
    /// <param name="databaseHeader">X-ClickHouse-Database, empty where there is none.</param>
    /// <param name="body">The body as it came.</param>
    /// <exception cref="ProtocolException">A name is not one, or the encoding is unknown.</exception>
    internal static ClickHouseRequest Read(string queryString, IEnumerable<string> contentEncodings, string databaseHeader, Stream body)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        var settings = new List<KeyValuePair<string, string>>();
        var request = new ClickHouseRequest { Parameters = parameters, Settings = settings, Body = Decode(body, contentEncodings) };
        if (databaseHeader.Length != 0)
        {
            request = request with { Database = databaseHeader };
        }

        foreach (var pair in queryString.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Unescape(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Unescape(pair[(equals + 1)..]);
            switch (name)
            {
                case "query":
                    request = request with { Query = value };
                    break;
                case "database":
                    request = value.Length == 0 ? request : request with { Database = value };
                    break;
                case "default_format":
                    request = request with { DefaultFormat = value };
                    break;
                case "query_id":
                    request = request with { QueryId = value };
                    break;
                case var _ when name.StartsWith("param_", StringComparison.Ordinal):
                    parameters.Add(new(name["param_".Length..], value));
                    break;
                case var _ when Ignored.Contains(name):
                    break;
                default:
                    settings.Add(new(Checked(name), value));
                    break;
            }
        }

        return request;
    }

    private static Stream Decode(Stream body, IEnumerable<string> contentEncodings)
    {
        foreach (var encoding in contentEncodings.Reverse())
        {
            body = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "zstd" => ZstdCompressor.Default.Decompress(body, false),
                "lz4" => Lz4Compressor.Default.Decompress(body, false),
                "identity" or "" => body,
                _ => throw ProtocolException.BadRequest($"unknown Content-Encoding '{encoding}'; send gzip, deflate, br, zstd, lz4 or none"),
            };
        }

        return body;
    }

    private static string Checked(string name) =>
        SettingName().IsMatch(name) ? name : throw ProtocolException.BadRequest($"'{name}' is not the name of a setting");

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.]*$")]
    private static partial Regex SettingName();
}
