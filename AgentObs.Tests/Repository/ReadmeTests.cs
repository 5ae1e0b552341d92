using System.Text.RegularExpressions;
using AgentObs.Conventions;

namespace AgentObs.Tests.Repository;

/// <summary>What the README tells people to paste is what config/ holds; what documents name is there.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public void Claude_block_is_the_sample_file() =>
        Assert.Equal(RepositoryFiles.Read("config/claude/settings.json").Trim(), Block("json"));

    [Fact]
    public void Codex_block_is_the_sample_file_without_its_comments()
    {
        var sample = RepositoryFiles.Read("config/codex/config.toml").Split('\n').Where(line => !line.StartsWith('#'));
        Assert.Equal(string.Join('\n', sample).Trim(), Block("toml"));
    }

    [Fact]
    public void Ci_calls_the_test_command_of_the_README()
    {
        Assert.Contains("dotnet test AgentObs.sln", RepositoryFiles.Read("README.md"), StringComparison.Ordinal);
        Assert.Contains("dotnet test AgentObs.sln", RepositoryFiles.Read(".ci/run"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_that_a_document_links_to_is_there() =>
        Assert.Empty(RepositoryFiles.All(".md").SelectMany(document => Link().Matches(RepositoryFiles.Read(document))
            .Select(match => Path.Combine(Path.GetDirectoryName(document)!, match.Groups[1].Value))
            .Where(target => !Path.Exists(Path.Combine(RepositoryFiles.Root, target)))));

    [Fact]
    public void Every_setting_stands_in_the_README() =>
        Assert.Empty(typeof(Setting).GetFields().Where(field => field.IsStatic).Select(field => ((Setting)field.GetValue(null)!).Variable)
            .Where(variable => !RepositoryFiles.Read("README.md").Contains($"`{variable}`", StringComparison.Ordinal)));

    private static string Block(string language) =>
        Regex.Match(RepositoryFiles.Read("README.md"), $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Trim();

    [GeneratedRegex(@"\]\((?!http|#)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
