using System.Text;
using System.Text.RegularExpressions;

namespace AgentObs.Launcher;

/// <summary>
/// The endpoints that the <c>[otel]</c> table of <c>$CODEX_HOME/config.toml</c> names, found as text: <c>endpoint = "http://127.0.0.1:4317"</c>, in the
/// table itself, in <c>[otel.exporter.otlp-grpc]</c> below it or after <c>otel.exporter = </c>.
/// </summary>
internal static partial class CodexEndpoints
{
    public static IReadOnlyList<string> Read(Func<string, string?> variable)
    {
        var home = variable("CODEX_HOME") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".codex");
        try
        {
            var path = Path.Combine(home, "config.toml");
            return File.Exists(path) ? In(Encoding.UTF8.GetString(RegularFile.Read(path)).Split('\n')) : [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<string> In(string[] lines)
    {
        List<string> endpoints = [];
        var inTable = false;
        foreach (var line in lines.Select(line => line.TrimStart()))
        {
            if (line.StartsWith('['))
            {
                inTable = line.StartsWith("[otel]", StringComparison.Ordinal) || line.StartsWith("[otel.", StringComparison.Ordinal);
            }
            else if (!line.StartsWith('#') && (inTable || line.StartsWith("otel", StringComparison.Ordinal)))
            {
                endpoints.AddRange(Endpoint().Matches(line).Select(match => match.Groups[1].Value));
            }
        }

        return endpoints;
    }

    [GeneratedRegex("""\bendpoint\s*=\s*["']([^"']+)["']""")]
    private static partial Regex Endpoint();
}
