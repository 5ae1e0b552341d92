using System.Text.RegularExpressions;

namespace AgentObs.Tests.Repository;

/// <summary>House rules of the code that a compiler does not check.</summary>
public sealed partial class SourceRulesTests
{
    private const int LongestFile = 400;

    [Fact]
    public void No_file_is_longer_than_a_person_reads() =>
        Assert.Empty(RepositoryFiles.All(".cs", ".razor", ".ts", ".sql", ".css")
            .Where(file => File.ReadLines(Path.Combine(RepositoryFiles.Root, file)).Count() > LongestFile));

    [Fact]
    public void Names_say_what_a_thing_is() =>
        Assert.Empty(RepositoryFiles.All(".cs").Where(file => EmptyWord().IsMatch(Path.GetFileNameWithoutExtension(file))));

    [Fact]
    public void Unsafe_code_stands_where_the_system_is_called() =>
        Assert.Empty(RepositoryFiles.All(".cs")
            .Where(file => !file.StartsWith(Path.Combine("AgentObs.Storage", "Embedded"), StringComparison.Ordinal))
            .Where(file => !file.StartsWith(Path.Combine("AgentObs.Launcher", "Unix"), StringComparison.Ordinal))
            .Where(file => file != Path.Combine("AgentObs.Tests", "Cli", "DefaultSignals.cs"))
            .Where(file => !file.StartsWith(Path.Combine("AgentObs.Tests", "Repository"), StringComparison.Ordinal))
            .Where(file => UnsafeWord().IsMatch(RepositoryFiles.Read(file))));

    [Fact]
    public void Nothing_outside_Storage_names_the_engine() =>
        Assert.Empty(RepositoryFiles.All(".cs")
            .Where(file => file.StartsWith("AgentObs.Query", StringComparison.Ordinal) || file.StartsWith("AgentObs.Ingest", StringComparison.Ordinal) || file.StartsWith("AgentObs.Web", StringComparison.Ordinal))
            .Where(file => RepositoryFiles.Read(file).Contains("AgentObs.Storage.Embedded", StringComparison.Ordinal)));

    [Fact]
    public void Lock_files_carry_no_download_addresses() =>
        Assert.Empty(RepositoryFiles.All(".json").Where(file => Path.GetFileName(file) == "package-lock.json")
            .Where(file => RepositoryFiles.Read(file).Contains("\"resolved\": \"http", StringComparison.Ordinal)));

    [GeneratedRegex("(Dto|Manager|Helper|Helpers|Utils|Util|Core|Common)$")]
    private static partial Regex EmptyWord();

    [GeneratedRegex(@"\bunsafe\b\s*(\{|static|struct|class|void)")]
    private static partial Regex UnsafeWord();
}
