using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>
/// The arguments of <c>agentobs run [--task ID] [--title T] [--url U] [--role R] -- COMMAND...</c>. The first word that is no option begins the
/// command too, so <c>--</c> is needed only where the command's own name begins with a dash.
/// </summary>
/// <param name="Declared">What the options say; null where they say nothing.</param>
/// <param name="Command">Program and arguments; never empty.</param>
/// <param name="Shim">Started by a shim: an agent that an agent started, which has nothing to say about AgentObs itself.</param>
internal sealed record RunArguments(Provenance Declared, string[] Command, bool Shim)
{
    public const int UsageExitCode = 2;

    /// <summary>Said where it cannot run: the clients' own settings do the rest.</summary>
    public const string NotOnWindows = "run needs Linux or macOS. Next: set the agents up by their own files, as the README shows it";

    public const string ShimOption = "--shim";

    /// <returns>Null with <paramref name="problem"/>, which names the argument; an empty one means that help is asked for.</returns>
    public static RunArguments? Read(ReadOnlySpan<string> arguments, out string problem)
    {
        problem = "";
        var declared = new Provenance();
        var shim = false;
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

            if (word == ShimOption)
            {
                shim = true;
                continue;
            }

            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word : word[..equals];
            if (name is not ("--task" or "--title" or "--url" or "--role"))
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
            declared = name switch
            {
                "--task" => declared with { TaskId = value },
                "--title" => declared with { TaskTitle = value },
                "--url" => declared with { TaskUrl = value },
                _ => declared with { Role = value },
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
