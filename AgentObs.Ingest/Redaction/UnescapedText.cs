using System.Buffers.Text;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// A text with the escapes of JSON read, however often it was escaped (<c>\n</c>, <c>\\n</c>, <c>\\\\n</c> are one line end), and where each of
/// its bytes comes from. Tool arguments are JSON inside JSON: <c>{"command":"export A_KEY=\"...\"\nB_TOKEN=..."}</c>. Reused.
/// </summary>
internal sealed class UnescapedText
{
    private byte[] bytes = [];
    private int[] origins = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public void Read(ReadOnlySpan<byte> text)
    {
        if (bytes.Length < text.Length)
        {
            bytes = new byte[text.Length];
            origins = new int[text.Length + 1];
        }

        Length = 0;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (text[at] != (byte)'\\')
            {
                Add(text[at++], start);
                continue;
            }

            while (at < text.Length && text[at] == (byte)'\\')
            {
                at++;
            }

            if (at < text.Length && Escaped(text, ref at, out var value))
            {
                Add(value, start);
                continue;
            }

            for (var i = start; i < at; i++)
            {
                Add((byte)'\\', i);
            }
        }

        origins[Length] = text.Length;
    }

    /// <summary>Where a place in <see cref="Bytes"/> stands in the text; the end is the text's end.</summary>
    public int Origin(int at) => origins[at];

    /// <summary>Gives large arrays back.</summary>
    public void Trim()
    {
        if (bytes.Length > RequestRedactor.KeptBytes)
        {
            bytes = [];
            origins = [];
        }
    }

    private void Add(byte value, int origin)
    {
        bytes[Length] = value;
        origins[Length++] = origin;
    }

    private static bool Escaped(ReadOnlySpan<byte> text, ref int at, out byte value)
    {
        value = text[at] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' or (byte)'f' => (byte)' ',
            (byte)'"' or (byte)'\'' or (byte)'/' => text[at],
            _ => 0,
        };
        if (value != 0)
        {
            at++;
            return true;
        }

        if (text[at] != (byte)'u' || text.Length - at < 5 || !Utf8Parser.TryParse(text.Slice(at + 1, 4), out ushort code, out var read, 'x') || read != 4)
        {
            return false;
        }

        // Not ASCII: any byte that is neither blank nor letter does.
        value = code < 0x80 ? (byte)code : (byte)0x80;
        at += 5;
        return true;
    }
}
