using System.Text.RegularExpressions;

namespace AgentObs.Storage;

internal static partial class DatabaseName
{
    /// <exception cref="StorageException">The name is not an identifier, or is one of the engine's own databases.</exception>
    internal static string Check(string name) =>
        IsOne(name)
            ? name
            : throw new StorageException(
                $"AGENTOBS_CLICKHOUSE_DATABASE is '{name}'; it must be letters, digits and underscores, not begin with a digit, "
                + "and not be default or system.");

    internal static bool IsOne(string? name) =>
        name is not (null or "default" or "system" or "information_schema" or "INFORMATION_SCHEMA") && Identifier().IsMatch(name);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    private static partial Regex Identifier();
}
