using System.Text;

namespace AgentObs.Storage.Protocol;

/// <summary>
/// What is known of output formats. The engine formats every chunk of a streamed result as a document of its own: formats of bare rows can
/// be joined, in two the repeated header is cut out, and all others (one JSON document, Parquet) are only right as one whole result.
/// </summary>
internal static class ResultFormat
{
    internal const string BinaryWithNamesAndTypes = "RowBinaryWithNamesAndTypes";

    private const string BinaryWithNames = "RowBinaryWithNames";

    private static readonly HashSet<string> Joinable = new(StringComparer.OrdinalIgnoreCase)
    {
        BinaryWithNamesAndTypes, BinaryWithNames, "RowBinary", "Native", "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV",
        "JSONEachRow", "JSONLines", "NDJSON", "JSONStringsEachRow", "JSONCompactEachRow", "JSONCompactStringsEachRow", "LineAsString",
        "RawBLOB", "Null",
    };

    internal static bool CanStream(string format) => Joinable.Contains(format);

    internal static string ContentType(string format) => format switch
    {
        "TabSeparated" or "TSV" => "text/tab-separated-values; charset=UTF-8",
        "CSV" or "CSVWithNames" => "text/csv; charset=UTF-8; header=absent",
        _ when format.StartsWith("JSON", StringComparison.OrdinalIgnoreCase) => "application/json; charset=UTF-8",
        _ => "application/octet-stream",
    };

    /// <summary>
    /// The format that a statement names at its end: <c>... FORMAT JSON</c>, also before <c>SETTINGS</c>; else the given one.
    /// </summary>
    internal static string Of(string sql, string otherwise)
    {
        ReadOnlySpan<byte> text = Encoding.UTF8.GetBytes(sql);
        var scanner = new SqlScanner(text);
        while (scanner.TryNext(out var word))
        {
            if (!SqlScanner.Is(word, "FORMAT"u8))
            {
                continue;
            }

            // A column may have that name: the format's own follows directly, and nothing but settings behind it.
            var behindKeyword = scanner;
            var keywordEnd = scanner.Position;
            if (behindKeyword.TryNext(out var name) && text[keywordEnd..behindKeyword.WordStart].IndexOfAnyExcept(" \t\r\n"u8) < 0)
            {
                var rest = text[behindKeyword.Position..].Trim(" \t\r\n;"u8);
                if (rest.IsEmpty || SqlScanner.Is(rest[..Math.Min(rest.Length, 8)], "SETTINGS"u8))
                {
                    return Encoding.ASCII.GetString(name);
                }
            }
        }

        return otherwise;
    }

    /// <summary>
    /// How many bytes of a later chunk repeat the header: count, names, and with types as many types; each a length and its bytes.
    /// </summary>
    internal static int RepeatedHeader(string format, ReadOnlySpan<byte> chunk)
    {
        var hasTypes = format.Equals(BinaryWithNamesAndTypes, StringComparison.OrdinalIgnoreCase);
        if (!hasTypes && !format.Equals(BinaryWithNames, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        var at = 0;
        for (var left = ReadVarint(chunk, ref at) * (hasTypes ? 2 : 1); left > 0; left--)
        {
            var length = ReadVarint(chunk, ref at);
            at += length;
        }

        return at;
    }

    private static int ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[at++];
            value |= (b & 0x7f) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }
}
