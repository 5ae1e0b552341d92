using System.Text;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Setup;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>Codex's settings as people write them: one key is changed, every other byte stays.</summary>
public sealed class CodexTextTests
{
    private const string Key = "exporter";
    private const string Value = "{ otlp-grpc = { endpoint = \"e\" } }";

    private static readonly CodexText Text = new();

    /// <summary>Before, and the exact text after the exporter was set; V stands for its value.</summary>
    public static readonly TheoryData<string, string> Sets = new()
    {
        { "", "[otel]\nexporter = V\n" },
        { "\uFEFF", "\uFEFF[otel]\nexporter = V\n" },
        { "model = \"m\"", "model = \"m\"\n\n[otel]\nexporter = V\n" },
        { "model = \"é\" # m\r\n", "model = \"é\" # m\r\n\r\n[otel]\r\nexporter = V\r\n" },
        { "[a]\nx = 1\n\n", "[a]\nx = 1\n\n[otel]\nexporter = V\n" },
        { "[otel]\n\n[a]\nx = 1\n", "[otel]\nexporter = V\n\n[a]\nx = 1\n" },
        { "[otel] # mine", "[otel] # mine\nexporter = V" },
        { "[otel]\n  environment = \"dev\" # keep\n# end\n\n[a]\n", "[otel]\n  environment = \"dev\" # keep\n  exporter = V\n# end\n\n[a]\n" },
        { "[otel]\nexporter = \"none\" # off\nx = 1\n", "[otel]\nexporter = V # off\nx = 1\n" },
        { "[ \"otel\" ]\r\n\"exporter\"=\"none\"\r\n", "[ \"otel\" ]\r\n\"exporter\"=V\r\n" },
        { "[otel]\nexporter.otlp-http.endpoint = \"u\"\nexporter.otlp-http.protocol = \"json\"\nx = 1\n", "[otel]\nx = 1\nexporter = V\n" },
        { "[otel]\nx = 1\n\n[otel.exporter.otlp-http]\n# why\nendpoint = \"u\" # here\n\n[otel.exporter.otlp-http.headers]\n\"k\" = \"v\"\n[a]\ny = 2\n", "[otel]\nx = 1\nexporter = V\n\n# why\n# here\n\n[a]\ny = 2\n" },
        { "[otel.exporter.\"otlp-grpc\"]\nendpoint = \"u\"\n", "[otel]\nexporter = V\n" },
        { "[otel.span_attributes]\na = \"b\"\n", "[otel.span_attributes]\na = \"b\"\n\n[otel]\nexporter = V\n" },
        { "otel.environment = \"dev\"\nm = 1\n[a]\n", "otel.environment = \"dev\"\notel.exporter = V\nm = 1\n[a]\n" },
        { "otel.exporter.otlp-grpc.endpoint = \"u\"\notel.x = 1\n", "otel.x = 1\notel.exporter = V\n" },
        { "otel = { environment = \"dev\", exporter = \"none\" } # t\n", "otel = { environment = \"dev\", exporter = V } # t\n" },
        { "otel = { environment = \"dev\" }\n", "otel = { environment = \"dev\", exporter = V }\n" },
        { "otel = {}\n", "otel = { exporter = V }\n" },
        { "otel = { exporter.otlp-http.endpoint = \"u\", x = 1 }\n", "otel = { x = 1, exporter = V }\n" },
        { "[otel]\nexporter = { otlp-http = { endpoint = \"u\", headers = { a = \"}\" } } }\n", "[otel]\nexporter = V\n" },
        { "[a]\nt = \"\"\"\n[otel]\nexporter = 1\n\"\"\"\n", "[a]\nt = \"\"\"\n[otel]\nexporter = 1\n\"\"\"\n\n[otel]\nexporter = V\n" },
        { "[[p]]\nx = 1\n[p.otel]\nexporter = \"none\"\n", "[[p]]\nx = 1\n[p.otel]\nexporter = \"none\"\n\n[otel]\nexporter = V\n" },
    };

    /// <summary>Before, and the exact text after the exporter was taken away.</summary>
    public static readonly TheoryData<string, string> Removes = new()
    {
        { "[otel]\nexporter = \"none\"\nx = 1\n", "[otel]\nx = 1\n" },
        { "[otel]\r\nexporter = \"none\" # off\r\n", "[otel]\r\n# off\r\n" },
        { "[otel]\nexporter = 'none'", "[otel]\n" },
        { "otel = { exporter = \"none\", x = 1 }", "otel = { x = 1 }" },
        { "otel = { x = 1, exporter = \"none\" }", "otel = { x = 1 }" },
        { "x = 1\n", "x = 1\n" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_key_is_set_and_nothing_else_moves(string before, string after)
    {
        var set = Text.Set(Bytes(before), Key, Value);
        Assert.Equal(after.Replace("V", Value, StringComparison.Ordinal), String(set));
        Assert.Equal(Value, Text.Find(set, Key));
        Assert.Equal(set, Text.Set(set, Key, Value));
        Assert.Equal([("otel.exporter.otlp-grpc.endpoint", "e")], Lines(String(set), own: true));
        Assert.Equal(Lines(before, own: false), Lines(String(set), own: false));
    }

    [Theory]
    [MemberData(nameof(Removes))]
    public void A_key_is_taken_away_and_nothing_else_moves(string before, string after)
    {
        var removed = Text.Remove(Bytes(before), Key);
        Assert.Equal(after, String(removed));
        Assert.Null(Text.Find(removed, Key));
    }

    [Theory]
    [InlineData("[otel.exporter.otlp-http]\nendpoint = \"u\"\n[otel.exporter.otlp-http.headers]\n\"x y\" = \"v\"\n", "{ otlp-http.endpoint = \"u\", otlp-http.headers.\"x y\" = \"v\" }")]
    [InlineData("otel.exporter.otlp-grpc = { endpoint = \"u\" }", "{ otlp-grpc = { endpoint = \"u\" } }")]
    [InlineData("otel = { exporter = \"none\" }", "\"none\"")]
    [InlineData("[otel]\nexporter_of = 1", null)]
    public void A_value_is_found_however_it_is_written(string text, string? value) => Assert.Equal(value, Text.Find(Bytes(text), Key));

    [Fact]
    public void Same_is_what_means_the_same()
    {
        Assert.True(Text.IsSame(Value, "{otlp-grpc.endpoint='e'}"));
        Assert.False(Text.IsSame(Value, "{ otlp-http = { endpoint = \"e\" } }"));
        Assert.False(Text.IsSame("true", "\"true\""));
    }

    [Theory]
    [InlineData("m = 1\notel = \"no\"\n", "line 2")]
    [InlineData("[[otel]]\nx = 1\n", "line 1")]
    [InlineData("[otel\n", "line 1")]
    public void What_is_none_names_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Text.Set(Bytes(text), Key, Value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_no_UTF8_name_their_line() =>
        Assert.Contains("line 2 is not UTF-8", Assert.Throws<FormatException>(() => Text.Find([(byte)'#', (byte)'\n', 0xff], Key)).Message, StringComparison.Ordinal);

    private static IEnumerable<(string, string)> Lines(string text, bool own) =>
        TomlSettings.Read(text).Where(line => line.Name.StartsWith("otel.exporter", StringComparison.Ordinal) == own).Select(line => (line.Name, line.Value)).Order();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string String(byte[] text) => Encoding.UTF8.GetString(text);
}
