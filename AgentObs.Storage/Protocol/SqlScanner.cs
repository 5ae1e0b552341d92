namespace AgentObs.Storage.Protocol;

/// <summary>
/// Walks over the words of a statement's bytes, over comments, quoted text and brackets: enough to tell what kind it is and where an
/// INSERT's data begins. The data need not be text.
/// </summary>
internal ref struct SqlScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int depth;

    /// <summary>Behind the last word.</summary>
    internal int Position { get; private set; }

    /// <summary>Where the last word began.</summary>
    internal int WordStart { get; private set; }

    /// <summary>The text ended inside a comment or a quoted part: more bytes may change what was found.</summary>
    internal bool EndsOpen { get; private set; }

    /// <summary>The next word outside of brackets and quotes.</summary>
    internal bool TryNext(out ReadOnlySpan<byte> word)
    {
        while (Position < text.Length)
        {
            var c = text[Position];
            if (IsWord(c))
            {
                WordStart = Position;
                while (Position < text.Length && IsWord(text[Position]))
                {
                    Position++;
                }

                if (depth == 0)
                {
                    word = text[WordStart..Position];
                    return true;
                }

                continue;
            }

            if (c is (byte)'\'' or (byte)'"' or (byte)'`')
            {
                SkipQuoted(c);
            }
            else if (StartsWith("--"u8) || c == '#')
            {
                SkipPast("\n"u8);
            }
            else if (StartsWith("/*"u8))
            {
                SkipPast("*/"u8);
            }
            else
            {
                depth = c is (byte)'(' or (byte)'[' or (byte)'{' ? depth + 1 : c is (byte)')' or (byte)']' or (byte)'}' ? depth - 1 : depth;
                Position++;
            }
        }

        word = default;
        return false;
    }

    internal static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> keyword) => System.Text.Ascii.EqualsIgnoreCase(word, keyword);

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'$' or >= 0x80;

    private readonly bool StartsWith(ReadOnlySpan<byte> start) => text[Position..].StartsWith(start);

    private void SkipPast(ReadOnlySpan<byte> end)
    {
        var at = text[Position..].IndexOf(end);
        EndsOpen = at < 0;
        Position = at < 0 ? text.Length : Position + at + end.Length;
    }

    private void SkipQuoted(byte quote)
    {
        for (Position++; Position < text.Length; Position++)
        {
            if (text[Position] == '\\')
            {
                Position++;
            }
            else if (text[Position] == quote)
            {
                // A doubled quote is taken as two quoted parts side by side, which ends at the same place.
                Position++;
                return;
            }
        }

        Position = text.Length;
        EndsOpen = true;
    }
}
