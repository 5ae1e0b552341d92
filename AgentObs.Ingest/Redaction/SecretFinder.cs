using System.Buffers;
using AgentObs.Ingest.Rows;

namespace AgentObs.Ingest.Redaction;

/// <summary>Finds the secrets of one text. Not thread-safe; reused.</summary>
internal sealed class SecretFinder(SecretList secrets)
{
    /// <summary>
    /// Stands for every byte that is not ASCII: neither a word character nor a blank, so that \b and \s mean to .NET what they mean to RE2.
    /// One character a byte, so that places in the characters are places in the text.
    /// </summary>
    private const char NotAscii = '•';

    private readonly UnescapedText unescaped = new();
    private readonly List<SecretCut> cuts = [];

    /// <summary>Ascending, without overlap; valid until the next call.</summary>
    public IReadOnlyList<SecretCut> Cuts => cuts;

    /// <summary>True when the text holds secrets: <see cref="Cuts"/>.</summary>
    public bool Find(ReadOnlySpan<byte> text)
    {
        cuts.Clear();
        var shapes = secrets.Filter.Shapes(text);
        if ((shapes & ~SecretList.KeyBit) == 0)
        {
            return false;
        }

        if (!UnescapedText.IsEscaped(text))
        {
            Match(text, shapes, false);
        }
        else
        {
            unescaped.Read(text);
            Match(unescaped.Bytes, shapes | secrets.Filter.Shapes(unescaped.Bytes), true);
            unescaped.Trim();
        }

        Join();
        return cuts.Count > 0;
    }

    /// <summary>Whether a cut reaches into a part of the text.</summary>
    public bool HasCut(int start, int end)
    {
        foreach (var cut in cuts)
        {
            if (cut.Start < end && cut.End > start)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a part of the text with a label in place of each of <see cref="Cuts"/>.</summary>
    /// <param name="part">The part.</param>
    /// <param name="offset">Where it stands in the text.</param>
    /// <param name="target">Appended to.</param>
    public void Write(ReadOnlySpan<byte> part, int offset, PooledBuffer target)
    {
        var at = 0;
        foreach (var cut in cuts)
        {
            var (start, end) = (Math.Max(cut.Start - offset, 0), Math.Min(cut.End - offset, part.Length));
            if (start < end)
            {
                target.Write(part[at..start]);
                target.Write(secrets.Labels[cut.Kind]);
                at = end;
            }
        }

        target.Write(part[at..]);
    }

    private void Match(ReadOnlySpan<byte> view, ulong shapes, bool isUnescaped)
    {
        var chars = ArrayPool<char>.Shared.Rent(view.Length);
        for (var i = 0; i < view.Length; i++)
        {
            chars[i] = view[i] < 0x80 ? (char)view[i] : NotAscii;
        }

        var span = chars.AsSpan(0, view.Length);
        string? text = null;
        for (var i = 0; i < secrets.Shapes.Count; i++)
        {
            var shape = secrets.Shapes[i];
            if ((shapes >> i & 1) == 0 || !shape.Regex.IsMatch(span))
            {
                continue;
            }

            text ??= new string(span);
            for (var match = shape.Regex.Match(text); match.Success; match = match.NextMatch())
            {
                var start = match.Index;
                for (var g = match.Groups.Count - 1; g > 0 && start == match.Index; g--)
                {
                    start = match.Groups[g].Success ? match.Groups[g].Index + match.Groups[g].Length : start;
                }

                var end = match.Index + match.Length - shape.After.Length;
                if (start < end)
                {
                    cuts.Add(isUnescaped ? new SecretCut(unescaped.Start(start), unescaped.End(end - 1), i) : new SecretCut(start, end, i));
                }
            }
        }

        ArrayPool<char>.Shared.Return(chars);
    }

    /// <summary>Cuts that overlap become one, of the kind that stands first in the list: specific kinds stand before general ones.</summary>
    private void Join()
    {
        if (cuts.Count < 2)
        {
            return;
        }

        cuts.Sort((a, b) => a.Start.CompareTo(b.Start));
        var last = 0;
        for (var i = 1; i < cuts.Count; i++)
        {
            if (cuts[i].Start < cuts[last].End)
            {
                cuts[last] = new SecretCut(cuts[last].Start, Math.Max(cuts[last].End, cuts[i].End), Math.Min(cuts[last].Kind, cuts[i].Kind));
            }
            else
            {
                cuts[++last] = cuts[i];
            }
        }

        cuts.RemoveRange(last + 1, cuts.Count - last - 1);
    }
}
