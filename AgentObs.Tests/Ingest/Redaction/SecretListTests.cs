using System.Text;
using AgentObs.Ingest.Redaction;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary><c>collector/redaction.yaml</c>: its examples, and what the build and the collector make of it.</summary>
public sealed class SecretListTests
{
    private static readonly SecretList Secrets = SecretList.Default;

    public static TheoryData<string, string> Matches =>
        [.. Secrets.Shapes.SelectMany(s => s.Match.Select(m => new TheoryDataRow<string, string>(s.Name, m)))];

    public static TheoryData<string, string> Rejects =>
        [.. Secrets.Shapes.SelectMany(s => s.Reject.Select(r => new TheoryDataRow<string, string>(s.Name, r)))];

    [Theory]
    [MemberData(nameof(Matches))]
    public void Secret_is_replaced_by_its_kind(string shape, string example)
    {
        var text = SecretExample.Expand(example);
        var redacted = Redacted.Text(text);
        Assert.Matches(@"\[redacted:[a-z-]+\]", redacted);
        Assert.Equal(redacted, Redacted.Text(redacted));

        // The shape itself sees it, and its literals let it through to the regular expression.
        var index = Secrets.Shapes.ToList().FindIndex(s => s.Name == shape);
        Assert.Matches(Secrets.Shapes[index].Regex, text);
        Assert.NotEqual(0UL, Secrets.Filter.Shapes(Encoding.UTF8.GetBytes(text)) & (1UL << index));
    }

    [Theory]
    [MemberData(nameof(Rejects))]
    public void Look_alike_stays(string shape, string example)
    {
        var text = SecretExample.Expand(example);
        Assert.DoesNotMatch(Secrets.Shapes.Single(s => s.Name == shape).Regex, text);
        Assert.DoesNotContain($"[redacted:{shape}]", Redacted.Text(text) is var redacted && redacted == text ? "" : redacted, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_tell()
    {
        Assert.All(Secrets.BlockedKeys.Match, key => Assert.Matches(Secrets.BlockedKeys.Regex, key));
        Assert.All(Secrets.BlockedKeys.Match, key => Assert.NotEqual(0UL, Secrets.Filter.Shapes(Encoding.UTF8.GetBytes(key)) & SecretList.KeyBit));
        Assert.All(Secrets.BlockedKeys.Reject, key => Assert.DoesNotMatch(Secrets.BlockedKeys.Regex, key));
    }

    [Fact]
    public void Collector_carries_the_same_patterns()
    {
        var config = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "collector", "config.yaml"));
        var lines = config.Split('\n').Select(l => l.Trim()).ToList();
        Assert.Equal(
            Secrets.Shapes.Select(s => $"- '{Quoted(s.Pattern)}' # {s.Name}"),
            lines.Skip(lines.IndexOf("blocked_values:") + 1).TakeWhile(l => l.StartsWith("- '", StringComparison.Ordinal)));
        Assert.Equal($"- '{Quoted(Secrets.BlockedKeys.Pattern)}'", lines[lines.IndexOf("blocked_key_patterns:") + 1]);

        // A quote in a quoted YAML scalar and a $ in the collector's configuration are doubled.
        static string Quoted(string pattern) => pattern.Replace("'", "''", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shape_has_a_name_a_literal_and_examples()
    {
        Assert.Equal(Secrets.Shapes.Count, Secrets.Shapes.Select(s => s.Name).Distinct().Count());
        Assert.All(Secrets.Shapes, s => Assert.Matches("^[a-z-]+$", s.Name));
        Assert.All(Secrets.Shapes, s => Assert.NotEmpty(s.Literals));
        Assert.All(Secrets.Shapes, s => Assert.NotEmpty(s.Match));
        Assert.All(Secrets.Shapes, s => Assert.NotEmpty(s.Reject));
    }
}
