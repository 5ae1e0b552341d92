using System.Buffers.Text;

namespace AgentObs.Ingest.Redaction;

/// <summary>
/// A text with the escapes of JSON read, however often it was escaped (<c>\n</c>, <c>\\n</c>, <c>\\\\n</c> are one line end), and where each of
/// its bytes comes from. Tool arguments are JSON inside JSON: <c>{"command":"export A_KEY=\"...\"\nB_TOKEN=..."}</c>. Colours of a terminal
/// are left out: <c>API_\u001b[01;31mKEY\u001b[m=...</c>. Reused.
/// </summary>
internal sealed class UnescapedText
{
    private const byte Escape = 0x1b;
    private const int MaxSequence = 32;

    private byte[] bytes = [];
    private int[] origins = [];
    private int[] ends = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    /// <summary>Whether a text reads otherwise than it stands.</summary>
    public static bool IsEscaped(ReadOnlySpan<byte> text) => text.ContainsAny((byte)'\\', Escape);

    public void Read(ReadOnlySpan<byte> text)
    {
        if (bytes.Length < text.Length)
        {
            bytes = new byte[text.Length];
            origins = new int[text.Length];
            ends = new int[text.Length];
        }

        Length = 0;
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            if (text[at] != (byte)'\\')
            {
                at++;
                AddRead(text, text[start], start, ref at);
                continue;
            }

            while (at < text.Length && text[at] == (byte)'\\')
            {
                at++;
            }

            if (at < text.Length && Escaped(text, ref at, out var value))
            {
                AddRead(text, value, start, ref at);
                continue;
            }

            for (var i = start; i < at; i++)
            {
                Add((byte)'\\', i, i + 1);
            }
        }
    }

    /// <summary>Where a byte of <see cref="Bytes"/>, with its escape, starts in the text.</summary>
    public int Start(int at) => origins[at];

    /// <summary>Where it ends.</summary>
    public int End(int at) => ends[at];

    /// <summary>Gives large arrays back.</summary>
    public void Trim()
    {
        if (bytes.Length > RequestRedactor.KeptBytes)
        {
            bytes = [];
            origins = [];
            ends = [];
        }
    }

    /// <summary>Adds a byte that was read up to <paramref name="at"/>, or leaves out the sequence it begins: <c>ESC [ 0 1 ; 3 1 m</c>.</summary>
    private void AddRead(ReadOnlySpan<byte> text, byte value, int start, ref int at)
    {
        if (value != Escape || at >= text.Length || text[at] != (byte)'[')
        {
            Add(value, start, at);
            return;
        }

        var end = at + 1;
        while (end < text.Length && end - at < MaxSequence && text[end] is >= (byte)' ' and <= (byte)'?')
        {
            end++;
        }

        at = Math.Min(end + 1, text.Length);
    }

    private void Add(byte value, int start, int end)
    {
        bytes[Length] = value;
        origins[Length] = start;
        ends[Length++] = end;
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

        if (text[at..].StartsWith("x1b"u8) || text[at..].StartsWith("033"u8))
        {
            value = Escape;
            at += 3;
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
