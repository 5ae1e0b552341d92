namespace AgentObs.Ingest.Redaction;

/// <summary>The neighbouring bytes of a literal, at most four, by which it is looked for: those that ordinary text has least.</summary>
/// <param name="Literal">What is looked for.</param>
/// <param name="Offset">Where in the literal the window starts.</param>
internal readonly record struct LiteralWindow(SecretLiteral Literal, int Offset)
{
    public const int Bytes = 4;

    /// <summary>Bit 5 set: upper and lower case are one.</summary>
    public const byte Fold = 0x20;

    // Letters by how often English and code have them; everything else is rarer.
    private const string Common = "etaoinsrlcdpumhgfbyw";

    /// <summary>3 or 4: literals of fewer than three bytes stand everywhere.</summary>
    public int Length => Math.Min(Bytes, Literal.Bytes.Length - Offset);

    /// <summary>The folded bytes as they are loaded from memory, little endian; 0 where there is none.</summary>
    public uint Value
    {
        get
        {
            var value = 0u;
            for (var i = 0; i < Length; i++)
            {
                value |= (uint)this[i] << (8 * i);
            }

            return value;
        }
    }

    public byte this[int index] => (byte)(Literal.Bytes[Offset + index] | Fold);

    /// <summary>One window a literal: rare in ordinary text, and the same for as many literals as can be (<c>_tok</c> for all names of tokens).</summary>
    public static List<LiteralWindow> Choose(IEnumerable<SecretLiteral> literals)
    {
        var choices = literals.Select(literal => Enumerable.Range(0, Math.Max(1, literal.Bytes.Length - Bytes + 1)).Select(o => new LiteralWindow(literal, o)).ToList()).ToList();
        var uses = choices.SelectMany(c => c.Select(w => w.Value).Distinct()).CountBy(value => value).ToDictionary();
        return [.. choices.Select(c => c.MaxBy(w => Rarity(w.Literal, w.Offset) + (4 * Math.Min(uses[w.Value], 8))))];
    }

    private static int Rarity(SecretLiteral literal, int offset)
    {
        var sum = 0;
        for (var i = offset; i < Math.Min(offset + Bytes, literal.Text.Length); i++)
        {
            var place = Common.IndexOf(char.ToLowerInvariant(literal.Text[i]), StringComparison.Ordinal);
            sum += place < 0 ? Common.Length + 4 : place;
        }

        return sum;
    }
}
