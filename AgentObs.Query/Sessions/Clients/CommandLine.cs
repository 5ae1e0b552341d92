using System.Buffers;
using System.Text.RegularExpressions;

namespace AgentObs.Query;

/// <summary>Reads a shell command for the agent that it starts, at a place where a program's name stands.</summary>
internal static partial class CommandLine
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("\n;&|(`");

    /// <returns>The agent's word (<c>codex</c>); null where none is started: <c>grep -r codex .</c> only names it.</returns>
    public static string? AgentStarted(string command)
    {
        foreach (var client in ClientCatalog.All)
        {
            if (client.Invocation is not { } invocation)
            {
                continue;
            }

            foreach (Match match in invocation.Matches(command))
            {
                var segment = command.AsSpan(0, match.Index);
                var separator = segment.LastIndexOfAny(Separators);
                if (Prefix().IsMatch(segment[(separator + 1)..]))
                {
                    return match.Value;
                }
            }
        }

        return null;
    }

    // VAR=x /path/to/ , nohup, timeout 30, bash -lc "
    [GeneratedRegex("""^\s*(?:(?:\w+=\S*|nohup|time|exec|command|env|sudo|timeout\s+\S+|npx|(?:ba|z)?sh\s+-l?c)\s+)*["']?(?:\S*/)?$""")]
    private static partial Regex Prefix();
}
