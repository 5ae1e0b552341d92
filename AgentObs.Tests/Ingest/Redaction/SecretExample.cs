using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>
/// Examples stand in the sources without their secrets, so that no scanner takes them for real ones: <c>ghp_{A36}</c> is 36 letters and
/// digits, <c>{H32}</c> lower-case hex, <c>{U16}</c> A-Z and 2-7, <c>{N10}</c> digits. The same text gives the same secret every time.
/// </summary>
internal static partial class SecretExample
{
    private static readonly Dictionary<char, string> Alphabets = new()
    {
        ['A'] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
        ['H'] = "0123456789abcdef",
        ['U'] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
        ['N'] = "123456789",
    };

    public static string Expand(string example)
    {
        var random = 17u;
        return Marks().Replace(example, mark =>
        {
            var alphabet = Alphabets[mark.Groups[1].Value[0]];
            var text = new StringBuilder();
            for (var i = 0; i < int.Parse(mark.Groups[2].Value, CultureInfo.InvariantCulture); i++)
            {
                random = (random * 1664525u) + 1013904223u;
                text.Append(alphabet[(int)((random >> 16) % (uint)alphabet.Length)]);
            }

            return text.ToString();
        });
    }

    [GeneratedRegex(@"\{([AHUN])(\d+)\}")]
    private static partial Regex Marks();
}
