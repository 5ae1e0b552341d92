using System.Text;

namespace AgentObs.Storage.Protocol;

/// <summary>Finds the statement of a request, and where the data of an INSERT begins.</summary>
internal static class StatementReader
{
    /// <summary>A statement is bounded; data is not. The engine's own limit for the text it parses is 256 KiB.</summary>
    private const int MaxStatement = 4 << 20;

    private const int FirstRead = 64 << 10;

    /// <exception cref="ProtocolException">The statement is empty or too long.</exception>
    internal static async Task<Statement> ReadAsync(ClickHouseRequest request, CancellationToken cancellation)
    {
        if (request.Query.Length != 0)
        {
            var query = Encoding.UTF8.GetBytes(request.Query);
            var cut = FindData(query, isWhole: true);
            return cut.IsInsert ? Insert(query, cut, request.Body) : await WholeAsync(query, request.Body, cancellation);
        }

        var buffer = new byte[FirstRead];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellation);
            length += read;
            var cut = FindData(buffer.AsSpan(0, length), isWhole: read == 0);
            if (cut.IsInsert)
            {
                return Insert(buffer.AsMemory(0, length), cut, request.Body);
            }

            if (read == 0)
            {
                return Plain(buffer.AsSpan(0, length));
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, length < MaxStatement ? length * 2 : throw TooLong());
            }
        }
    }

    /// <summary>A statement in the URL goes on in the body, as in ClickHouse.</summary>
    private static async Task<Statement> WholeAsync(byte[] query, Stream body, CancellationToken cancellation)
    {
        using var rest = new MemoryStream();
        var buffer = new byte[FirstRead];
        for (int read; (read = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            rest.Write(buffer, 0, read);
            if (rest.Length > MaxStatement)
            {
                throw TooLong();
            }
        }

        return Plain(rest.Length == 0 ? query : [.. query, (byte)'\n', .. rest.ToArray()]);
    }

    private static ProtocolException TooLong() => ProtocolException.TooLarge($"the statement is longer than {MaxStatement} bytes");

    private static Statement Plain(ReadOnlySpan<byte> text)
    {
        var scanner = new SqlScanner(text);
        if (!scanner.TryNext(out var first))
        {
            // A statement in brackets: (SELECT 1) UNION ALL (SELECT 2).
            return text.IndexOfAnyExcept(" \t\r\n"u8) < 0
                ? throw ProtocolException.BadRequest("the request has no statement")
                : new Statement(StatementKind.Read, Encoding.UTF8.GetString(text), "", default, Stream.Null);
        }

        var isRows = SqlScanner.Is(first, "SELECT"u8) || SqlScanner.Is(first, "WITH"u8) || SqlScanner.Is(first, "UNION"u8);
        var isDescription = SqlScanner.Is(first, "SHOW"u8) || SqlScanner.Is(first, "DESCRIBE"u8) || SqlScanner.Is(first, "DESC"u8)
            || SqlScanner.Is(first, "EXISTS"u8) || SqlScanner.Is(first, "EXPLAIN"u8);
        var kind = isRows ? StatementKind.Read : isDescription ? StatementKind.Describe : StatementKind.Change;
        return new Statement(kind, Encoding.UTF8.GetString(text), "", default, Stream.Null);
    }

    private static Statement Insert(ReadOnlyMemory<byte> text, Cut cut, Stream body) =>
        new(StatementKind.InsertData, Encoding.UTF8.GetString(text.Span[..cut.SqlEnd]), cut.Format, text[cut.DataStart..], body);

    /// <summary>
    /// Finds <c>INSERT INTO t (a, b) FORMAT Native\n[data]</c> or <c>INSERT INTO t VALUES [data]</c>. The data begins behind the line end
    /// that follows the format's name, else behind the blanks.
    /// </summary>
    private static Cut FindData(ReadOnlySpan<byte> text, bool isWhole)
    {
        var scanner = new SqlScanner(text);
        if (!scanner.TryNext(out var first) || !SqlScanner.Is(first, "INSERT"u8))
        {
            return default;
        }

        while (scanner.TryNext(out var word))
        {
            if (SqlScanner.Is(word, "SELECT"u8) || SqlScanner.Is(word, "WITH"u8))
            {
                return default;
            }

            var isFormat = SqlScanner.Is(word, "FORMAT"u8);
            var sqlEnd = scanner.WordStart;
            if (!isFormat && !SqlScanner.Is(word, "VALUES"u8))
            {
                continue;
            }

            var format = "Values";
            if (isFormat)
            {
                if (!scanner.TryNext(out var name))
                {
                    return default;
                }

                format = Encoding.ASCII.GetString(name);
            }

            var at = scanner.Position;
            while (isFormat && at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\f')
            {
                at++;
            }

            if (isFormat && at < text.Length && text[at] == '\r')
            {
                at++;
            }

            // Whether the format's name ends here, and whether a line end follows, is known only with the next byte.
            if (at >= text.Length && !isWhole)
            {
                return default;
            }

            return new Cut(true, sqlEnd, format, isFormat && at < text.Length && text[at] == '\n' ? at + 1 : at);
        }

        return default;
    }

    private readonly record struct Cut(bool IsInsert, int SqlEnd, string Format, int DataStart);
}
