using System.Buffers;

namespace AgentObs.Ingest.Rows;

/// <summary>JSON strings as Go's encoding/json with HTML escaping off writes them.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Plain = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x60).Select(b => (byte)b).Where(b => b is not ((byte)'"' or (byte)'\\'))]);

    public static void Write(PooledBuffer target, ReadOnlySpan<byte> text)
    {
        target.WriteByte((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(Plain);
            if (plain < 0)
            {
                target.Write(text);
                break;
            }

            target.Write(text[..plain]);
            text = text[plain..];
            text = text[(text[0] < 0x80 ? Escape(target, text[0]) : NotAscii(target, text))..];
        }

        target.WriteByte((byte)'"');
    }

    private static int Escape(PooledBuffer target, byte value)
    {
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                target.Write([(byte)'\\', value]);
                break;
            case (byte)'\n':
                target.Write("\\n"u8);
                break;
            case (byte)'\r':
                target.Write("\\r"u8);
                break;
            case (byte)'\t':
                target.Write("\\t"u8);
                break;
            case (byte)'\b':
                target.Write("\\b"u8);
                break;
            case (byte)'\f':
                target.Write("\\f"u8);
                break;
            default:
                target.Write([.. "\\u00"u8, "0123456789abcdef"u8[value >> 4], "0123456789abcdef"u8[value & 15]]);
                break;
        }

        return 1;
    }

    private static int NotAscii(PooledBuffer target, ReadOnlySpan<byte> text)
    {
        if (System.Text.Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done)
        {
            // Go replaces each byte that is not UTF-8 on its own.
            target.Write("\\ufffd"u8);
            return 1;
        }

        switch (rune.Value)
        {
            case 0x2028:
                target.Write("\\u2028"u8);
                break;
            case 0x2029:
                target.Write("\\u2029"u8);
                break;
            default:
                target.Write(text[..length]);
                break;
        }

        return length;
    }
}
