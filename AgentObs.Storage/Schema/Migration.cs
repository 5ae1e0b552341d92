using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace AgentObs.Storage.Schema;

/// <summary>One file of <c>clickhouse/schema</c>: <c>004_otel_metrics_sum.sql</c>, one statement.</summary>
/// <param name="Id">The file's number.</param>
/// <param name="Sql">Its name and statement.</param>
internal sealed record Migration(uint Id, SqlFile Sql)
{
    private const string Folder = "clickhouse/schema/";

    /// <summary>SHA-256 of the text in lower-case hex; line ends do not count, as a checkout may change them.</summary>
    internal string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.Text.ReplaceLineEndings("\n"))));

    /// <summary>All files in the order of their numbers, which have no gap.</summary>
    internal static List<Migration> LoadAll(Assembly assembly)
    {
        var all = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Migration(Number(name), SqlFile.Load(assembly, name)))
            .ToList();
        for (var i = 0; i < all.Count; i++)
        {
            if (all[i].Id != i + 1)
            {
                throw new InvalidOperationException(
                    $"{all[i].Sql.Name}: the schema files are numbered without a gap; {i + 1:D3} is missing or doubled");
            }
        }

        return all;
    }

    private static uint Number(string resource) => uint.Parse(resource.AsSpan(Folder.Length, 3), CultureInfo.InvariantCulture);
}
