using System.Globalization;
using System.Text;

namespace AgentObs.Ingest.Forwarding;

/// <summary>What a target says of a request it did not take, fit for a log line, a terminal and a page: it is a stranger's text.</summary>
internal static class TargetWords
{
    private const int Longest = 300;

    // Shorter ones are no keys, and would make holes in every sentence.
    private const int ShortestSecret = 6;

    /// <param name="said">May be cut in the middle of a character.</param>
    /// <param name="options">A target may repeat the key that it was sent: it is left out.</param>
    public static string Of(string said, ForwardOptions options)
    {
        foreach (var secret in options.Headers.SelectMany(header => header.Value.Split(' ')).Where(word => word.Length >= ShortestSecret).OrderByDescending(word => word.Length))
        {
            said = said.Replace(secret, "...", StringComparison.OrdinalIgnoreCase);
        }

        var text = new StringBuilder();
        foreach (var letter in said.EnumerateRunes())
        {
            // Escape sequences, line ends and marks that turn the direction of text.
            var isShown = Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            text.Append(isShown ? letter.ToString() : " ");
            if (text.Length >= Longest)
            {
                return text.Append("...").ToString();
            }
        }

        return text.ToString().Trim();
    }
}
