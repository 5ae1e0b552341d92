using System.Text.RegularExpressions;

namespace AgentObs.Ingest.Redaction;

/// <summary>One kind of secret of <c>collector/redaction.yaml</c>.</summary>
/// <param name="Name">Shown in its place: <c>[redacted:github-token]</c>.</param>
/// <param name="Pattern">RE2; captured groups stand before the secret and stay.</param>
/// <param name="After">The end of a match that stays: <c>@</c>.</param>
/// <param name="Literals">One of them stands in every match.</param>
/// <param name="Match">Examples that are secrets, in the notation of the file.</param>
/// <param name="Reject">Examples that are not.</param>
internal sealed record SecretShape(
    string Name, string Pattern, string After, IReadOnlyList<(LiteralRule Rule, string Text)> Literals, IReadOnlyList<string> Match, IReadOnlyList<string> Reject)
{
    private Regex? regex;

    public bool IgnoresCase => Pattern.StartsWith("(?i)", StringComparison.Ordinal);

    /// <summary>Linear in the text whatever stands there. Built when a literal of the shape is first seen: it costs milliseconds.</summary>
    public Regex Regex => regex ??= new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
