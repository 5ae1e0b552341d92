using System.Text;
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

    /// <summary>What changes between two texts; null: no file. Secrets are left out.</summary>
    public void Show(byte[]? before, byte[]? after)
    {
        foreach (var line in LineDiff.Between(Encoding.UTF8.GetString(before ?? []), Encoding.UTF8.GetString(after ?? [])))
        {
            Show(Secrets.Hide(line));
        }
    }

    /// <summary>Whether what was shown may be written; says why where it may not.</summary>
    public bool Agrees(SetupOptions options)
    {
        if (options.DryRun || (!options.Yes && !IsSomebodyThere))
        {
            Say($"Nothing was written{(options.DryRun ? "" : ": nobody is here to ask")}. To write it: {options.Command("--yes")}");
            return false;
        }

        if (options.Yes || Ask("Write this?", usual: true))
        {
            return true;
        }

        Say("Nothing was written.");
        return false;
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

    // Colours only on a terminal.
    private void Show(string line)
    {
        if (output.Profile.Capabilities.Ansi)
        {
            output.Markup($"[{line[0] switch { '+' => "green", '-' => "red", _ => "grey" }}]{Markup.Escape("    " + line)}[/]\n");
        }
        else
        {
            Say("    " + line);
        }
    }
}
