using Spectre.Console;

namespace AgentObs.Cli.Setup;

/// <summary>The person in front of setup.</summary>
/// <param name="output">Where it is told.</param>
/// <param name="input">Answers, a line each; null where nobody can answer.</param>
internal sealed class Conversation(IAnsiConsole output, TextReader? input)
{
    public bool IsSomebodyThere => input is not null;

    public static Conversation Here(TextWriter output) => new(Terminal.On(output), Console.IsInputRedirected || Console.IsOutputRedirected ? null : Console.In);

    public void Say(string text) => output.Profile.Out.Writer.WriteLine(text);

    /// <summary>A line of a difference; colours only on a terminal.</summary>
    public void Show(string line)
    {
        var colour = line[0] switch { '+' => "green", '-' => "red", _ => "grey" };
        if (output.Profile.Capabilities.Ansi)
        {
            output.Markup($"[{colour}]{Markup.Escape("    " + line)}[/]\n");
        }
        else
        {
            Say("    " + line);
        }
    }

    /// <param name="question">Without its end.</param>
    /// <param name="usual">The answer of an empty line, and of nobody.</param>
    public bool Ask(string question, bool usual)
    {
        for (; input is not null;)
        {
            output.Profile.Out.Writer.Write($"{question} {(usual ? "[Y/n]" : "[y/N]")} ");
            output.Profile.Out.Writer.Flush();
            switch (input.ReadLine()?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return true;
                case "n" or "no":
                    return false;
                case "":
                    return usual;
                case null:
                    return false;
            }
        }

        return usual;
    }
}
