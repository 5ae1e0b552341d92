using System.CommandLine;
using System.CommandLine.Completions;

namespace AgentObs.Cli.Completion;

/// <summary>What can be typed behind a command.</summary>
/// <param name="Path">Its name with those above it: <c>engine install</c>; empty for the program itself.</param>
/// <param name="Words">Verbs, options and values of arguments, each with what it does.</param>
/// <param name="Values">Of options that take one: their names, and the values to choose from; none where any may stand, a file for example.</param>
internal sealed record CompletionNode(string Path, IReadOnlyList<(string Word, string Text)> Words, IReadOnlyList<(string Option, IReadOnlyList<string> Values)> Values)
{
    public static IReadOnlyList<CompletionNode> All(RootCommand root) => [.. Below(root, "")];

    private static IEnumerable<CompletionNode> Below(Command command, string path)
    {
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).ToList();
        var options = command.Options.Where(option => !option.Hidden).ToList();
        yield return new CompletionNode(
            path,
            [
                .. verbs.Select(verb => (verb.Name, First(verb.Description))),
                .. command.Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty).Select(value => (value.Label, argument.Name))),
                .. options.Select(option => (option.Name, First(option.Description))),
                .. path.Length > 0 ? new[] { ("--help", "What can be typed, with examples") } : [],
            ],
            [
                .. from option in options
                   where option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0
                   from name in option.Aliases.Prepend(option.Name)
                   select (name, (IReadOnlyList<string>)[.. option.GetCompletions(CompletionContext.Empty).Select(value => value.Label)]),
            ]);
        foreach (var node in verbs.SelectMany(verb => Below(verb, path.Length == 0 ? verb.Name : $"{path} {verb.Name}")))
        {
            yield return node;
        }
    }

    // The first sentence is enough beside a word.
    private static string First(string? text) => (text ?? "").Split(": ", 2)[0].Split("; ", 2)[0].Split(". ", 2)[0].TrimEnd('.');
}
