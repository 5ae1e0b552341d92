namespace AgentObs.Launcher;

/// <summary>
/// What launchers started one out of the other with no agent between: a wrapper around an agent (<c>~/bin/claude</c> that runs the next <c>claude</c> on PATH, or
/// <c>agentobs run -- claude</c>). Such a wrapper finds the shim, and the launcher behind the shim would find the wrapper again, without end.
/// </summary>
internal static class WrapperChain
{
    /// <summary>Paths of the programs that were started, with <c>:</c> between.</summary>
    public const string Variable = "AGENTOBS_STARTED";

    /// <summary>An agent that leaves no id of its own may start itself some levels deep; a wrapper that finds only itself does it for ever.</summary>
    private const int Deepest = 16;

    /// <param name="variable">The launcher's environment.</param>
    /// <param name="caller">Of <see cref="LaunchedRun"/>: an agent that calls begins anew.</param>
    public static IReadOnlyList<string> Read(Func<string, string?> variable, IReadOnlyList<KeyValuePair<string, string>> caller) =>
        caller.Count > 0 ? [] : (variable(Variable) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of the programs of one name that PATH has, the first that is not in the chain; where all are, the first.</summary>
    /// <param name="problem">Why it is none.</param>
    public static string? Choose(IReadOnlyList<string> chain, IEnumerable<string> found, ref ChildExit problem)
    {
        string? first = null;
        foreach (var path in found)
        {
            if (!chain.Contains(path, StringComparer.Ordinal))
            {
                return path;
            }

            first ??= path;
        }

        if (first is null || chain.Count < Deepest)
        {
            return first;
        }

        problem = new ChildExit(126, Problem: $"{first} starts itself over and over");
        return null;
    }

    public static string Text(IReadOnlyList<string> chain, string path) => string.Join(':', chain.Append(path));
}
