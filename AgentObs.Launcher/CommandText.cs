using System.Buffers;
using AgentObs.Conventions;

namespace AgentObs.Launcher;

/// <summary>A command as a person would type it, for <c>process.command_line</c>.</summary>
internal static class CommandText
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=@%+,");

    /// <summary>An agent's words are prompts: where those are not captured only its name and its options' names remain.</summary>
    public static string Of(IReadOnlyList<string> command, bool isAgent, CapturedContent content) =>
        isAgent && !content.HasFlag(CapturedContent.Prompts)
            ? string.Join(' ', command.Where((word, i) => i == 0 || word.StartsWith('-')).Select(word => Quoted(word.Split('=')[0])))
            : string.Join(' ', command.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(Plain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
