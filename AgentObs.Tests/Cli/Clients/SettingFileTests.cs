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
    public void Toml_that_is_none_names_the_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => TomlSettings.Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_samples_of_the_repository_are_read()
    {
        Assert.Contains(TomlSettings.Read(Repository.RepositoryFiles.Read("config/codex/config.toml")), line => line.Name == "otel.trace_exporter.otlp-grpc.endpoint");
        Assert.Contains(JsonSettings.Read(Encoding.UTF8.GetBytes(Repository.RepositoryFiles.Read("config/claude/settings.json"))), line => line.Name == "env.OTEL_TRACES_EXPORTER");
    }
}
