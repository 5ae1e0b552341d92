using System.Globalization;
using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>
/// The text that codex writes over a command's own output:
/// <code>Chunk ID: 344355\nWall time: 0.0000 seconds\nProcess exited with code 2\nOriginal token count: 16\nOutput:\nls: cannot access ...</code>
/// Only what stands before <c>Output:</c> is codex's: a command may print the same words.
/// </summary>
internal static partial class CommandOutput
{
    private const string Marker = "\nOutput:";
    private const int ErrorLength = 300;

    public static int? ExitCode(string output)
    {
        var end = output.IndexOf(Marker, StringComparison.Ordinal);
        var match = Exited().Match(end < 0 ? output : output[..end]);
        return match.Success && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
    }

    /// <summary><c>exit code 2: ls: cannot access '/nonexistent-dir': No such file or directory</c></summary>
    public static string Error(string output, int? exitCode)
    {
        var start = output.IndexOf(Marker, StringComparison.Ordinal);
        var text = (start < 0 ? output : output[(start + Marker.Length)..]).Trim();
        text = text.Length > ErrorLength ? text[^ErrorLength..] : text;
        return exitCode is null ? text : text.Length == 0 ? $"exit code {exitCode}" : $"exit code {exitCode}: {text}";
    }

    [GeneratedRegex(@"^(?:Process exited with code|Exit code:) (-?\d+)", RegexOptions.Multiline)]
    private static partial Regex Exited();
}
