using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Wire;

/// <summary>
/// Values of JSON tokens. More tolerant than System.Text.Json where senders are: half a surrogate pair (JavaScript cuts strings in the middle
/// and writes <c>"\ud83d"</c>) becomes U+FFFD, bytes that are not UTF-8 stay as they are, numbers may stand in strings.
/// </summary>
internal static class JsonStrings
{
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(Hex);

    public static void Unescape(ReadOnlySpan<byte> raw, bool isEscaped, PooledBuffer target)
    {
        while (isEscaped)
        {
            var backslash = raw.IndexOf((byte)'\\');
            if (backslash < 0)
            {
                break;
            }

            target.Write(raw[..backslash]);
            raw = raw[(backslash + 1)..];
            raw = raw[Escape(raw, target)..];
        }

        target.Write(raw);
    }

    public static bool TrySigned(in Utf8JsonReader token, out long value)
    {
        value = 0;
        if (token.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            return false;
        }

        // "1e3" and 5.0 are integers in JSON; doubles hold those below 2^53 exactly.
        return long.TryParse(token.ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            || (TryIntegral(token.ValueSpan, out var real) && (value = (long)real) == real);
    }

    public static bool TryUnsigned(in Utf8JsonReader token, out ulong value)
    {
        value = 0;
        if (token.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            return false;
        }

        return ulong.TryParse(token.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            || (TryIntegral(token.ValueSpan, out var real) && real >= 0 && (value = (ulong)real) == real);
    }

    public static bool TryReal(in Utf8JsonReader token, out double value)
    {
        value = 0;
        if (token.TokenType == JsonTokenType.String)
        {
            var text = token.ValueSpan;
            value = text.SequenceEqual("NaN"u8) ? double.NaN
                : text.SequenceEqual("Infinity"u8) ? double.PositiveInfinity
                : text.SequenceEqual("-Infinity"u8) ? double.NegativeInfinity : 0;
            return value != 0 || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        }

        return token.TokenType == JsonTokenType.Number && double.TryParse(token.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Standard or URL-safe base64, with or without padding.</summary>
    public static bool TryBase64(ref Utf8JsonReader token, out byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(token.ValueSpan).Replace("\\/", "/", StringComparison.Ordinal).Replace('+', '-').Replace('/', '_').TrimEnd('=');
        var valid = Base64Url.IsValid(text);
        bytes = valid ? Base64Url.DecodeFromChars(text) : [];
        return valid;
    }

    private static bool TryIntegral(ReadOnlySpan<byte> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) < 1L << 53;

    /// <summary>Writes what stands behind a backslash; the reader has checked that it is an escape of JSON. Returns its length.</summary>
    private static int Escape(ReadOnlySpan<byte> escape, PooledBuffer target)
    {
        if (escape[0] != (byte)'u')
        {
            target.WriteByte(escape[0] switch
            {
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                var other => other,
            });
            return 1;
        }

        var first = Unit(escape[1..]);
        var length = 5;
        var rune = Rune.ReplacementChar;
        if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
        }
        else if (escape.Length >= 11 && escape[5] == (byte)'\\' && escape[6] == (byte)'u' && Rune.TryCreate(first, Unit(escape[7..]), out var pair))
        {
            rune = pair;
            length = 11;
        }

        target.Advance(rune.EncodeToUtf8(target.Room(4)));
        return length;
    }

    private static char Unit(ReadOnlySpan<byte> digits) =>
        (char)ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
