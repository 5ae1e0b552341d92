using System.Text.RegularExpressions;

namespace AgentObs.Cli.Setup;

/// <summary>Settings files hold keys of all kinds: their values are not shown.</summary>
internal static partial class Secrets
{
    /// <summary>A line of a settings file; values of names that sound secret are left out, all that headers hold too.</summary>
    public static string Hide(string line) => Password().Replace(Header().Replace(Named().Replace(line, "$1\"...\""), "$1 ... }"), "$1...@");

    // "ANTHROPIC_API_KEY": "..."   bearer_token = "..."   "OTEL_EXPORTER_OTLP_HEADERS": "..."   args = ["--api-key", "..."]
    [GeneratedRegex("""((?:\w|-)*(?:key|token|secret|password|headers|authorization|cookie|credential)(?:\w|-)*"?\s*[:=,]\s*)(?:"(?:[^"\\]|\\.)*"|'[^']*')""", RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    // headers = { x-key = "..." }
    [GeneratedRegex("""(headers"?\s*=\s*\{)[^}]*\}""", RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    // https://user:password@proxy.example
    [GeneratedRegex("""(://)[^/\s"'@]+@""")]
    private static partial Regex Password();
}
