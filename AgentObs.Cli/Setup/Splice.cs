namespace AgentObs.Cli.Setup;

/// <summary>Text with a part of it replaced, and what is needed to fit in: line ends and indentation.</summary>
internal static class Splice
{
    public static string Replace(string text, int start, int end, string with) => text[..start] + with + text[end..];

    public static string LineEnd(string text) => text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var at && text[at - 1] == '\r' ? "\r\n" : "\n";

    /// <summary>White space that the line of a place begins with.</summary>
    public static string Indent(string text, int at)
    {
        var start = LineStart(text, at);
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text[start..end];
    }

    public static int LineStart(string text, int at) => text.LastIndexOf('\n', Math.Max(at - 1, 0)) is var end && at > 0 ? end + 1 : 0;

    /// <summary>Takes a part away; its whole line where nothing else stands on it.</summary>
    public static string Cut(string text, int start, int end)
    {
        var (before, after) = (start, end);
        while (before > 0 && text[before - 1] is ' ' or '\t')
        {
            before--;
        }

        while (after < text.Length && text[after] is ' ' or '\t')
        {
            after++;
        }

        var isLineStart = before == 0 || text[before - 1] is '\n' or '\uFEFF';
        if (isLineStart && after == text.Length)
        {
            return text[..before];
        }

        if (isLineStart && text[after] is '\n' or '\r')
        {
            return text[..before] + text[(text.IndexOf('\n', after) + 1)..];
        }

        // What follows on the line keeps the indentation, what stands before keeps its line end.
        return isLineStart ? text[..start] + text[after..] : text[..before] + text[end..];
    }
}
