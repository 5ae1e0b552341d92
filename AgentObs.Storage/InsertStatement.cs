using System.Text.RegularExpressions;

namespace AgentObs.Storage;

/// <summary>Addresses an insert: <c>?database=otel&amp;query=INSERT INTO `t` (`a`,`Events.Name`) SETTINGS ... FORMAT Native</c>.</summary>
internal static partial class InsertStatement
{
    /// <summary>
    /// Duplicates within a block are left to the readers, and rows of many days are no error: neither is the default of a server.
    /// Column types are the server's: the blocks' plain String becomes LowCardinality there.
    /// </summary>
    private const string Settings = "SETTINGS optimize_on_insert = 0, max_partitions_per_insert_block = 0, async_insert = 0";

    internal static Uri Uri(string database, string table, IReadOnlyList<string> columns)
    {
        var names = string.Join(", ", columns.Select(Quoted));
        var query = $"INSERT INTO {Quoted(table)} ({names}) {Settings} FORMAT Native";
        return new Uri($"?database={database}&query={System.Uri.EscapeDataString(query)}", UriKind.Relative);
    }

    /// <summary>Names come from this program's own code; anything else than a name is a defect of it.</summary>
    private static string Quoted(string name) => Name().IsMatch(name)
        ? $"`{name}`"
        : throw new ArgumentException($"'{name}' is not the name of a table or column");

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?$")]
    private static partial Regex Name();
}
