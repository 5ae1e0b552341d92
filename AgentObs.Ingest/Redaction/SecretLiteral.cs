using System.Buffers;
using System.Text;

namespace AgentObs.Ingest.Redaction;

/// <summary>A piece of text without which a shape cannot match.</summary>
/// <param name="Text">ASCII.</param>
/// <param name="Rule">What must hold around it.</param>
/// <param name="IgnoresCase">True where the shape does.</param>
/// <param name="Shapes">One bit a shape that is worth trying.</param>
internal sealed record SecretLiteral(string Text, LiteralRule Rule, bool IgnoresCase, ulong Shapes)
{
    /// <summary>Blanks and quotes between a name and its sign; more of them count as a sign.</summary>
    private const int MaxGap = 64;

    private static readonly SearchValues<byte> Gap = SearchValues.Create("\\\"' \t\r\n\v\f"u8);
    private static readonly SearchValues<byte> UserInfoEnd = SearchValues.Create("@/\"'<> \t\r\n\v\f"u8);

    private readonly byte[] bytes = Encoding.ASCII.GetBytes(Text);

    public ReadOnlySpan<byte> Bytes => bytes;

    /// <param name="text">A text, or a whole body: what stands before a text on the wire does not hide it.</param>
    /// <param name="at">Where the literal would start.</param>
    public bool IsAt(ReadOnlySpan<byte> text, int at)
    {
        if (at < 0 || text.Length - at < bytes.Length)
        {
            return false;
        }

        var found = text.Slice(at, bytes.Length);
        if (!(IgnoresCase ? Ascii.EqualsIgnoreCase(found, bytes) : found.SequenceEqual(bytes)))
        {
            return false;
        }

        var rest = text[(at + bytes.Length)..];
        return Rule switch
        {
            LiteralRule.Starts => StartsWord(text, at),
            LiteralRule.Assigned => IsAssigned(rest),
            LiteralRule.UserInfo => rest.IndexOfAny(UserInfoEnd) is >= 0 and var end && rest[end] == (byte)'@',
            LiteralRule.PrintableEscape => rest.Length > 1 && rest[0] is >= (byte)'2' and <= (byte)'7',
            _ => true,
        };
    }

    private static bool StartsWord(ReadOnlySpan<byte> text, int at)
    {
        if (at == 0 || !IsWord(text[at - 1]) || at == 1)
        {
            return true;
        }

        // In a body the byte before a text is the end of its length, and may look like a letter. The byte before that one is then
        // a length-delimited field's tag (low bits 010) or more of the length (high bit). A backslash: \n and its like, or \ud55c.
        var before = text[at - 2];
        return before >= 0x80 || (before & 7) == 2 || before == (byte)'\\' || (at >= 6 && text[at - 6] == (byte)'\\' && text[at - 5] == (byte)'u');
    }

    private static bool IsAssigned(ReadOnlySpan<byte> rest)
    {
        var sign = rest[..Math.Min(rest.Length, MaxGap)].IndexOfAnyExcept(Gap);
        return sign < 0 ? rest.Length >= MaxGap : rest[sign] is (byte)':' or (byte)'=' or (byte)',';
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == (byte)'_';
}
