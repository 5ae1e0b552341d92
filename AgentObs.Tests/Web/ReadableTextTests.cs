using AgentObs.Query;
using AgentObs.Web.Components.Detail;

namespace AgentObs.Tests.Web;

public sealed class ReadableTextTests
{
    [Fact]
    public void The_whole_text_of_an_attribute_takes_the_place_of_the_cut_detail()
    {
        var texts = ReadableText.Of(Samples.Node(detail: "echo one…"), Samples.Span(attributes: new() { ["full_command"] = "echo one two" }));
        Assert.Equal("echo one two", Assert.Single(texts).Text);
    }

    [Fact]
    public void Json_stands_in_lines_and_other_text_as_it_is()
    {
        var texts = ReadableText.Of(Samples.Node(detail: """{"cmd":"ls"}""", name: "Read"), Samples.Span(attributes: new() { ["output"] = "{ not json" }));
        Assert.Equal(["arguments", "output"], texts.Select(text => text.Label));
        Assert.Equal("{\n  \"cmd\": \"ls\"\n}", texts[0].Text.ReplaceLineEndings("\n"));
        Assert.Equal("{ not json", texts[1].Text);
    }

    [Fact]
    public void Command_comes_before_output_and_a_model_name_is_no_text()
    {
        var events = new[] { new SpanEvent(Samples.Start, "tool.output", new Dictionary<string, string> { ["output"] = "a.txt", ["bash_command"] = "ls" }, []) };
        Assert.Equal(["command", "output"], ReadableText.Of(Samples.Node(detail: "ls"), Samples.Span(attributes: [], events: events)).Select(text => text.Label));
        Assert.Equal("prompt", Assert.Single(ReadableText.Of(Samples.Node(kind: NodeKinds.AgentRun, detail: "fix it"), null)).Label);
        Assert.Equal("command", Assert.Single(ReadableText.Of(Samples.Node(kind: NodeKinds.AgentRun, detail: "make test") with { Agent = "process" }, null)).Label);
        Assert.Empty(ReadableText.Of(Samples.Node(kind: NodeKinds.ModelCall, name: "gpt-5.5", detail: "gpt-5.5"), null));
    }
}
