namespace AgentObs.Cli.Setup;

/// <summary>The lines that differ between two texts, with two lines around them.</summary>
internal static class LineDiff
{
    private const int Around = 2;

    /// <returns>Lines that begin with <c>+</c>, <c>-</c> or a space; <c>...</c> where some are left out. White space at line ends is not told.</returns>
    public static IReadOnlyList<string> Between(string before, string after)
    {
        var all = Compare(Lines(before), Lines(after));
        var shown = new List<string>();
        var last = -1;
        for (var i = 0; i < all.Count; i++)
        {
            if (Enumerable.Range(Math.Max(0, i - Around), Math.Min(all.Count, i + Around + 1) - Math.Max(0, i - Around)).All(near => all[near][0] == ' '))
            {
                continue;
            }

            if (i > last + 1)
            {
                shown.Add("...");
            }

            shown.Add(all[i]);
            last = i;
        }

        if (last >= 0 && last < all.Count - 1)
        {
            shown.Add("...");
        }

        return shown;
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    // What both begin and end with is the most of it; the longest common sequence of the rest is quick.
    private static List<string> Compare(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. before[..head].Select(Same), .. Middle(before[head..^tail], after[head..^tail]), .. before[^tail..].Select(Same),
        ];
    }

    private static IEnumerable<string> Middle(string[] before, string[] after)
    {
        var length = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                length[i, j] = before[i] == after[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                yield return Same(before[i++]);
                j++;
            }
            else
            {
                yield return i < before.Length && (j == after.Length || length[i + 1, j] >= length[i, j + 1]) ? "- " + before[i++] : "+ " + after[j++];
            }
        }
    }

    private static string Same(string line) => "  " + line;
}
