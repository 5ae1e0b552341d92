using System.Text;
using AgentObs.Cli.Clients;

namespace AgentObs.Tests.Cli.Clients;

/// <summary>Settings files as people write them, with the lines of their values.</summary>
public sealed class SettingFileTests
{
    [Fact]
    public void Json_has_names_values_and_lines()
    {
        var lines = JsonSettings.Read("""
            {
              // ours
              "env": { "A": "1",
                "B": "two" },
              "on": true, "n": 4317, "list": ["x", { "y": null, "z": 1.5 }],
            }
            """u8);

        Assert.Equal(
            [new("env.A", "1", 3), new("env.B", "two", 4), new("on", "true", 5), new("n", "4317", 5), new("list.0", "x", 5), new SettingLine("list.1.z", "1.5", 5)], lines);
    }

    [Theory]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2 }", "line 3")]
    [InlineData("{ \"a\": }", "line 1")]
    [InlineData("{ \"a\": 1 } x", "line 1")]
    public void Json_that_is_none_names_the_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => JsonSettings.Read(Encoding.UTF8.GetBytes(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void Toml_has_names_values_and_lines()
    {
        var lines = TomlSettings.Read(""""
            # a comment
            model = "gpt-5.5"   # behind
            a.b = 'C:\raw'
            [otel]
            log_user_prompt = true
            exporter = { otlp-grpc = { endpoint = "http://127.0.0.1:4317", headers = { "x-key" = "1" } } }
            list = [
              1, # one
              "two",
            ]
            [[profiles]]
            name = "p\t\u00e9"
            [[profiles]]
            text = """
            long "one" \
               and on"""
            [mcp_servers."my.server"]
            since = 2026-11-23T02:00:00Z
            """");

        Assert.Equal(
            [
                new("model", "gpt-5.5", 2), new("a.b", @"C:\raw", 3), new("otel.log_user_prompt", "true", 5),
                new("otel.exporter.otlp-grpc.endpoint", "http://127.0.0.1:4317", 6), new("otel.exporter.otlp-grpc.headers.x-key", "1", 6),
                new("otel.list.0", "1", 8), new("otel.list.1", "two", 9), new("profiles.0.name", "p\té", 12), new("profiles.1.text", "long \"one\" and on", 14),
                new SettingLine("mcp_servers.my.server.since", "2026-11-23T02:00:00Z", 18),
            ],
            lines);
    }

    [Theory]
    [InlineData("a = \n", "line 1 has no value")]
    [InlineData("[otel\nx = 1", "line 1 has no ']'")]
    [InlineData("x = 1\ny = \"abc\n", "line 2 has no end of its string")]
    [InlineData("x = { a = 1", "has no '}'")]
    [InlineData("x 1", "line 1 has no '='")]
    [InlineData("x = \"a\" b", "line 1 has something behind its value")]
    [InlineData("x = \"\\q\"", "unknown escape")]
    [InlineData("a = 1\nb = 2\na = 3", "line 3 sets a a second time")]
    [InlineData("a.b = 1\n\"a\".'b' = 2", "line 2 sets a.b a second time")]
    [InlineData("[otel]\nx = 1\n[mcp]\n[otel]\ny = 1", "line 4 has [otel] a second time")]
    [InlineData("otel = { x = 1 }\n[otel]\ny = 1", "line 2 has [otel] a second time")]
    [InlineData("otel = { x = 1 }\n[otel.y]\ny = 1", "line 2 has [otel.y] a second time")]
    [InlineData("otel = { x = 1 }\notel.y = 1", "line 2 sets otel.y a second time")]
    [InlineData("otel.x = 1\n[otel]\ny = 1", "line 2 has [otel] a second time")]
    [InlineData("o = { x = 1, x = 2 }", "line 1 sets o.x a second time")]
    [InlineData("[o.x]\na = 1\n[o]\nx.b = 1", "line 4 sets o.x.b a second time")]
    [InlineData("[[p]]\na = 1\n[[p]]\na = 1\na = 2", "line 5 sets p.1.a a second time")]
    [InlineData("p = []\n[[p]]", "line 2 has [p] a second time")]
    [InlineData("[[p]]\n[p]", "line 2 has [p] a second time")]
    public void Toml_that_is_none_names_the_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => TomlSettings.Read(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[o.x]\na = 1\n[o]\nb = 1\n[o.y]")]
    [InlineData("a.b = 1\na.c = 2\n[a.d]\ne = 1")]
    [InlineData("[[p]]\na = 1\nb.c = 1\nb.d = 2\n[p.s]\na = 1\n[[p.l]]\n[[p.l]]\n[[p]]\na = 1\n[p.s]\na = 1\n[[p.l]]")]
    [InlineData("x = [{ a = 1 }, { a = 2, b = { a = 1 } }]\ny = { a = 1, b.c = 1, b.d = 2 }")]
    public void Toml_that_names_a_table_again_without_defining_it_twice_is_read(string text) => Assert.NotEmpty(TomlSettings.Read(text));

    [Fact]
    public void Toml_that_nests_without_end_is_refused() => Assert.Contains(
        "line 2 nests deeper", Assert.Throws<FormatException>(() => TomlSettings.Read("a = 1\nb = " + new string('[', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_samples_of_the_repository_are_read()
    {
        Assert.Contains(TomlSettings.Read(Repository.RepositoryFiles.Read("config/codex/config.toml")), line => line.Name == "otel.trace_exporter.otlp-grpc.endpoint");
        Assert.Contains(JsonSettings.Read(Encoding.UTF8.GetBytes(Repository.RepositoryFiles.Read("config/claude/settings.json"))), line => line.Name == "env.OTEL_TRACES_EXPORTER");
    }
}
