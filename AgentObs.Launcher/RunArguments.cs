using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// The arguments of <c>agentobs run [--task ID] [--title T] [--url U] [--role R] -- COMMAND...</c>. The first word that is no option begins the
/// command too, so <c>--</c> is needed only where the command's own name begins with a dash.
/// </summary>
/// <param name="Declared">What the options say; null where they say nothing.</param>
/// <param name="Command">Program and arguments; never empty.</param>
/// <param name="Shim">Started by a shim of this folder: the program is looked for behind it on PATH. Empty otherwise.</param>
internal sealed record RunArguments(Provenance Declared, string[] Command, string Shim)
{
    public const string ShimOption = "--shim";

    /// <returns>Null with <paramref name="problem"/>, which names the argument; an empty one means that help is asked for.</returns>
    public static RunArguments? Read(ReadOnlySpan<string> arguments, out string problem)
    {
        problem = "";
        var declared = new Provenance();
        var shim = "";
        var at = 0;
        for (; at < arguments.Length && arguments[at].StartsWith('-'); at++)
        {
            var word = arguments[at];
            if (word == "--")
            {
                at++;
                break;
            }

            if (word is "--help" or "-h" or "-?")
            {
                return null;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (name is not ("--task" or "--title" or "--url" or "--role" or ShimOption))
            {
                problem = $"'{word}' is no option of run.";
                return null;
            }

            if (equals < 0 && ++at == arguments.Length)
            {
                problem = $"{name} needs a value.";
                return null;
            }

            var value = equals < 0 ? arguments[at] : word[(equals + 1)..];
            (declared, shim) = name switch
            {
                "--task" => (declared with { TaskId = value }, shim),
                "--title" => (declared with { TaskTitle = value }, shim),
                "--url" => (declared with { TaskUrl = value }, shim),
                "--role" => (declared with { Role = value }, shim),
                _ => (declared, value),
            };
        }

        if (at >= arguments.Length)
        {
            problem = "no command is named.";
            return null;
        }

        return new RunArguments(declared, arguments[at..].ToArray(), shim);
    }
}
