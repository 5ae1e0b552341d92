using System.Buffers;
using System.Text.RegularExpressions;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>A command as a person would type it, for <c>process.command_line</c>.</summary>
internal static partial class CommandText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,");

    /// <summary>
    /// A command's words may be prompts, of whatever program it starts (<c>sh -c 'claude -p ...'</c>): where those are not captured only its name and its
    /// options' names remain.
    /// </summary>
    public static string Of(IReadOnlyList<string> command, CapturedContent content) => string.Join(
        ' ', content.HasFlag(CapturedContent.Prompts) ? command.Select(Quoted) : [Quoted(command[0]), .. Words(command).Select(Option).Where(name => name.Length > 0)]);

    // Behind -- no word is an option.
    private static IEnumerable<string> Words(IReadOnlyList<string> command) => command.Skip(1).TakeWhile(word => word != "--");

    // --model=opus is --model, -popus may be -p with its value, and "- fix this" is no option at all.
    private static string Option(string word) => OptionName().Match(word) is { Success: true } match ? match.Value : "";

    [GeneratedRegex("^(--[A-Za-z][A-Za-z0-9-]*(?=$|=)|-[A-Za-z](?=$|=|[A-Za-z0-9./:_-]*$))")]
    private static partial Regex OptionName();

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
