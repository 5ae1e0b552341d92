using System.CommandLine;

namespace AgentObs.Cli;

/// <summary>What is wrong with a command line, one sentence each; a verb or option that is nearly one is named.</summary>
internal static class UsageProblems
{
    // One letter wrong, missing or too many; two swapped count twice.
    private const int Near = 2;

    public static IEnumerable<string> Of(ParseResult parsed)
    {
        foreach (var token in parsed.UnmatchedTokens)
        {
            yield return $"'{token}' is not known here.{Suggestion(token, parsed.CommandResult.Command)}";
        }

        // "Unrecognized command or argument" is said above, better; that a verb is missing follows from it.
        foreach (var error in parsed.UnmatchedTokens.Count == 0 ? parsed.Errors : parsed.Errors.Where(IsOfOneSymbol))
        {
            yield return error.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal);
        }
    }

    private static bool IsOfOneSymbol(System.CommandLine.Parsing.ParseError error) =>
        error.SymbolResult is { Tokens.Count: > 0 } and not System.CommandLine.Parsing.CommandResult;

    private static string Suggestion(string token, Command command)
    {
        var nearest = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name)
            .Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name))
            .Select(name => (Name: name, Distance: Distance(token, name)))
            .Where(candidate => candidate.Distance <= Near && candidate.Distance < candidate.Name.Length - 1)
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault();
        return nearest.Name is null ? "" : $" Did you mean '{nearest.Name}'?";
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string from, string to)
    {
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[^1];
    }
}
