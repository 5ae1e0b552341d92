using System.Text;
using System.Text.RegularExpressions;

namespace AgentObs.Tests.Ingest.Redaction;

/// <summary>Secrets of coding sessions go, and nothing else does.</summary>
public sealed partial class CorpusTests
{
    public static TheoryData<string> Secrets => [.. SecretCorpus.Secrets];

    public static TheoryData<string> Innocents => [.. InnocentCorpus.Texts];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_goes(string example)
    {
        var marked = SecretExample.Expand(example);
        var redacted = Redacted.Text(Marks().Replace(marked, "$1"));
        Assert.Equal(Marks().Replace(marked, "«»"), Labels().Replace(redacted, "«»"));
        Assert.Equal(redacted, Redacted.Text(redacted));
    }

    /// <summary>What stands around a text, and how often it is escaped, hides nothing.</summary>
    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_goes_from_a_line_of_escaped_JSON(string example)
    {
        var marked = SecretExample.Expand(example);
        var text = "first line\n" + Marks().Replace(marked, "$1") + "\nlast line";
        for (var times = 0; times < 3; times++)
        {
            text = System.Text.Json.JsonSerializer.Serialize(new { output = text });
            var redacted = Redacted.Text(text);
            Assert.All(Marks().Matches(marked), m => Assert.DoesNotContain(m.Groups[1].Value.Split('\n', '\\')[^1], redacted, StringComparison.Ordinal));
            Assert.Equal(redacted, Redacted.Text(redacted));
        }
    }

    [Theory]
    [MemberData(nameof(Innocents))]
    public void Innocent_stays(string example)
    {
        var text = SecretExample.Expand(example);
        Assert.Equal(text, Redacted.Text(text));

        var line = System.Text.Json.JsonSerializer.Serialize(new { output = "first line\n" + text + "\nlast line" });
        Assert.Equal(line, Redacted.Text(line));
    }

    /// <summary>Bytes that are not UTF-8 stay as they are, beside a secret too.</summary>
    [Fact]
    public void Bytes_stay()
    {
        byte[] text = [0xff, 0xc3, (byte)' ', .. Encoding.ASCII.GetBytes(SecretExample.Expand("ghp_{A36}")), 0x80, 0];
        Assert.Equal([0xff, 0xc3, (byte)' ', .. "[redacted:github-token]"u8, 0x80, 0], Redacted.Bytes(text));
    }

    [GeneratedRegex("«([^»]*)»")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(\[redacted:[a-z-]+\])+")]
    private static partial Regex Labels();
}
