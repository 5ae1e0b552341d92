using System.Text;
using System.Text.Json;
using AgentObs.Cli.Clients;
using AgentObs.Cli.Setup;

namespace AgentObs.Tests.Cli.Setup;

/// <summary>Claude's settings as people write them: one key is changed, every other byte stays.</summary>
public sealed class ClaudeTextTests
{
    private static readonly ClaudeText Text = new();

    /// <summary>Before, and the exact text after <c>A</c> was set to <c>"1"</c>.</summary>
    public static readonly TheoryData<string, string> Sets = new()
    {
        { "", "{\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n" },
        { " \r\n", "{\r\n  \"env\": {\r\n    \"A\": \"1\"\r\n  }\r\n}\r\n" },
        { "\uFEFF", "\uFEFF{\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n" },
        { "{}", "{\n  \"env\": {\n    \"A\": \"1\"\n  }\n}" },
        { "{\n}\n", "{\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n" },
        { "{\n  // none yet\n}\n", "{\n  // none yet\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n" },
        { "\uFEFF{\r\n\t\"m\": \"é\"\r\n}", "\uFEFF{\r\n\t\"m\": \"é\",\r\n\t\"env\": {\r\n\t\t\"A\": \"1\"\r\n\t}\r\n}" },
        { "{\n    \"m\": 1, // why\n}\n", "{\n    \"m\": 1, // why\n    \"env\": {\n        \"A\": \"1\"\n    },\n}\n" },
        { "{\n  \"m\": 1 // why, {so}\n}\n", "{\n  \"m\": 1, // why, {so}\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n" },
        { "{\"m\":1}", "{\"m\":1, \"env\": { \"A\": \"1\" }}" },
        { "{\"env\":{}}", "{\"env\":{ \"A\": \"1\" }}" },
        { "{\"env\":{\"B\":\"2\"}}\n", "{\"env\":{\"B\":\"2\", \"A\": \"1\"}}\n" },
        { "{\n  \"env\": {},\n  \"m\": 1\n}", "{\n  \"env\": {\n    \"A\": \"1\"\n  },\n  \"m\": 1\n}" },
        { "{\n  \"env\": { \"B\": \"2\" }\n}", "{\n  \"env\": { \"B\": \"2\",\n    \"A\": \"1\"\n  }\n}" },
        { "{\n  \"env\": {\n    \"B\": \"2\"\n    /* last */\n  }\n}", "{\n  \"env\": {\n    \"B\": \"2\",\n    /* last */\n    \"A\": \"1\"\n  }\n}" },
        { "{\n  \"env\": { \"A\" : \"0\" , \"B\": \"2\" }\n}", "{\n  \"env\": { \"A\" : \"1\" , \"B\": \"2\" }\n}" },
        { "{\n  \"env\": { \"A\": 0 } }", "{\n  \"env\": { \"A\": \"1\" } }" },
        { "{ \"env\": { \"A\": \"0\", \"A\": \"2\" } }", "{ \"env\": { \"A\": \"0\", \"A\": \"1\" } }" },
        { "{ \"env\": { \"\\u0041\": \"0\" } }", "{ \"env\": { \"\\u0041\": \"1\" } }" },
        { "{ \"hooks\": { \"env\": { \"A\": \"0\" } }, \"env\": { \"A\": \"0\" } }", "{ \"hooks\": { \"env\": { \"A\": \"0\" } }, \"env\": { \"A\": \"1\" } }" },
        { "// \"env\": {}\n{ \"m\": \"}\" }", "// \"env\": {}\n{ \"m\": \"}\",\n  \"env\": {\n    \"A\": \"1\"\n  }\n}" },
    };

    /// <summary>Before, and the exact text after <c>A</c> was taken away.</summary>
    public static readonly TheoryData<string, string> Removes = new()
    {
        { "{ \"env\": { \"A\": \"1\" } }", "{ \"env\": { } }" },
        { "{ \"env\": { \"A\": \"1\", \"B\": \"2\" } }", "{ \"env\": { \"B\": \"2\" } }" },
        { "{ \"env\": { \"B\": \"2\", \"A\": \"1\" } }", "{ \"env\": { \"B\": \"2\" } }" },
        { "{\r\n  \"env\": {\r\n    \"B\": \"2\", // b\r\n    \"A\": \"1\"\r\n  }\r\n}", "{\r\n  \"env\": {\r\n    \"B\": \"2\" // b\r\n  }\r\n}" },
        { "{\n  \"env\": {\n    \"A\": \"1\", // mine\n    \"B\": \"2\",\n  }\n}", "{\n  \"env\": {\n    // mine\n    \"B\": \"2\",\n  }\n}" },
        { "{ \"env\": { \"A\": \"1\", \"A\": \"2\" } }", "{ \"env\": { } }" },
        { "{\n  \"m\": 1\n}", "{\n  \"m\": 1\n}" },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_key_is_set_and_nothing_else_moves(string before, string after)
    {
        var set = Text.Set(Bytes(before), "A", "\"1\"");
        Assert.Equal(after, String(set));
        Assert.Equal("\"1\"", Text.Find(set, "A"));
        Assert.Equal(set, Text.Set(set, "A", "\"1\""));
        Assert.Equal("1", Parsed(set).GetProperty("env").GetProperty("A").GetString());
        Assert.Equal(Others(before), Others(String(set)));
    }

    [Theory]
    [MemberData(nameof(Removes))]
    public void A_key_is_taken_away_and_nothing_else_moves(string before, string after)
    {
        var removed = Text.Remove(Bytes(before), "A");
        Assert.Equal(after, String(removed));
        Assert.Null(Text.Find(removed, "A"));
        Assert.Equal(Others(before), Others(after));
    }

    [Theory]
    [InlineData("{\n  \"env\": \"no\"\n}", "line 2")]
    [InlineData("{\n  \"env\": null\n}", "line 2")]
    [InlineData("[]", "line 1")]
    [InlineData("{\n\"a\" 1}", "line 2")]
    public void What_is_none_names_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Text.Set(Bytes(text), "A", "\"1\"")).Message, StringComparison.Ordinal);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string String(byte[] text) => Encoding.UTF8.GetString(text);

    private static JsonElement Parsed(byte[] text) =>
        JsonDocument.Parse(String(text).TrimStart('\uFEFF'), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }).RootElement;

    private static IEnumerable<(string, string)> Others(string text) => string.IsNullOrWhiteSpace(text.TrimStart('\uFEFF')) ? []
        : JsonSettings.Read(Bytes(text)).Where(line => line.Name != "env.A").Select(line => (line.Name, line.Value));
}
