using AgentObs.Query;
using AgentObs.Web.Components;
using AgentObs.Web.Components.Detail;
using Bunit;

namespace AgentObs.Tests.Web;

public sealed class NodeDetailTests : WebTest
{
    [Fact]
    public void An_error_comes_first_with_its_exit_code()
    {
        var detail = Show(Samples.Node() with { Status = "error", Error = "cat: no such file\nProcess exited with code 2", ExitCode = 2 });
        Assert.Equal("exit code 2", detail.Find("#detail-exit").TextContent);
        Assert.Equal("cat: no such file\nProcess exited with code 2", detail.Find("#detail-error pre").TextContent);
        Assert.Equal("detail-error", detail.Find(".overview > section").Id);
    }

    [Fact]
    public void Texts_of_agents_are_never_markup()
    {
        const string Attack = "</pre><img src=x onerror=alert(1)><script>alert(2)</script>";
        var span = Samples.Span(
            attributes: new() { ["full_command"] = Attack, [Attack] = Attack },
            events: [new SpanEvent(Samples.Start, Attack, new Dictionary<string, string> { ["output"] = Attack }, [])]);
        var detail = Show(Samples.Node(detail: Attack, name: Attack) with { Error = Attack, Status = "error", Agent = Attack }, span);

        Assert.Empty(detail.FindAll("img, script"));
        Assert.Contains(Attack, detail.Find("#detail-error pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_are_told_apart_as_own_and_with_children()
    {
        var bars = Show(Samples.Node()).FindAll(".tokenbar");
        Assert.Equal(["15", "150"], bars.Select(bar => bar.QuerySelector("b")!.TextContent));
        Assert.Contains("cache read", bars[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_edge_says_its_grade_and_every_evidence()
    {
        var why = Show(Samples.Node()).Find("#detail-why");
        Assert.Equal("inferred", why.QuerySelector("b")!.TextContent);
        Assert.Equal(["time overlap", "command text"], why.QuerySelectorAll("li").Select(item => item.TextContent));
    }

    [Fact]
    public void A_long_text_starts_folded_and_opens()
    {
        var detail = Show(Samples.Node(detail: null), Samples.Span(attributes: new() { ["output"] = new string('x', 3_999) + "😀" + new string('y', 9_000) }));
        Assert.Equal(3_999, detail.Find("section.text pre").TextContent.Length);
        detail.Find("button.more").Click();
        Assert.Equal(13_001, detail.Find("section.text pre").TextContent.Length);
    }

    [Fact]
    public void A_placeholder_says_that_it_was_not_received_and_asks_for_no_span()
    {
        var detail = Show(Samples.Node() with { Placeholder = true });
        Assert.Equal("not received", detail.Find("#detail-status").TextContent);
        Assert.NotNull(detail.Find("#detail-placeholder"));
        Assert.DoesNotContain(Api.Asked, path => path.StartsWith("/api/spans", StringComparison.Ordinal));
    }

    [Fact]
    public void A_status_that_was_not_sent_is_not_shown()
    {
        Assert.Empty(Show(Samples.Node() with { Status = "unset" }).FindAll("#detail-status"));
        Assert.Equal("ok", Show(Samples.Node() with { Status = "ok" }).Find("#detail-status").TextContent);
    }

    [Fact]
    public void The_raw_trace_is_one_click_away() =>
        Assert.Equal("/traces/t1?span=n1", Show(Samples.Node()).Find("#raw-trace").GetAttribute("href"));

    [Fact]
    public void Attributes_can_be_searched_and_keys_sent_twice_are_shown()
    {
        var view = Render<AttributesView>(parameters => parameters.Add(one => one.Span, Samples.Span()));
        Assert.Contains("Keys sent twice", view.Markup, StringComparison.Ordinal);
        view.Find("#attribute-search").Input("full_");
        Assert.Equal("full_command", Assert.Single(view.FindAll("th")).TextContent);
    }

    [Fact]
    public void A_task_shows_its_title_its_ticket_and_how_it_is_known()
    {
        Api.Answer("/api/tasks/AO-12", Samples.Task("AO-12", "Login fails", "https://tickets.example/AO-12", nodeId: "s"));
        var detail = Show(Samples.Node());
        Assert.Equal("Login fails", detail.Find("#task-title").TextContent);
        Assert.Equal("https://tickets.example/AO-12", detail.Find("#task-url").GetAttribute("href"));
        Assert.Equal("noopener noreferrer", detail.Find("#task-url").GetAttribute("rel"));
        Assert.Equal("declared agentobs.task.id on the resource", detail.Find("#task-known").TextContent);
        Assert.Equal("/sessions?task=AO-12", detail.Find("#task-sessions").GetAttribute("href"));
    }

    [Fact]
    public void How_a_task_is_known_elsewhere_is_not_said_of_this_node()
    {
        Api.Answer("/api/tasks/AO-12", Samples.Task("AO-12", "", "", nodeId: "another-branch-of-the-tree"));
        var detail = Show(Samples.Node());
        Assert.Empty(detail.FindAll("#task-known, #task-title, #task-url"));
        Assert.NotNull(detail.Find("#detail-task"));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" JavaScript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("//tickets.example/AO-12")]
    [InlineData("file:///etc/passwd")]
    public void A_ticket_that_is_no_web_address_is_text_and_no_link(string url)
    {
        Api.Answer("/api/tasks/AO-12", Samples.Task("AO-12", "Login fails", url, nodeId: "s"));
        var detail = Show(Samples.Node());
        Assert.Empty(detail.FindAll("#task-url"));
        Assert.Contains(url, detail.Find("#detail-task").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_a_task_asks_for_none()
    {
        var detail = Show(Samples.Node() with { Task = null });
        Assert.Empty(detail.FindAll("#detail-task"));
        Assert.DoesNotContain(Api.Asked, path => path.StartsWith("/api/tasks", StringComparison.Ordinal));
    }

    private IRenderedComponent<NodeDetail> Show(TreeNode node, SpanDetail? span = null)
    {
        Api.Answer($"/api/spans/t1/{node.Id}", span ?? Samples.Span(node.Id));
        return Render<NodeDetail>(parameters => parameters
            .Add(detail => detail.Selection, new NodeSelection(node, [new NodeStep("s", "claude-code", NodeKinds.Session)]))
            .Add(detail => detail.SessionId, "s")
            .Add(detail => detail.Link, id => "/sessions/s?node=" + id));
    }
}
