using AgentObs.Query;
using AgentObs.Web.Components.Pages;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SessionHeader = AgentObs.Web.Components.Sessions.SessionHeader;

namespace AgentObs.Tests.Web;

public sealed class SessionsPageTests : WebTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private string Address => new Uri(Navigation.Uri).PathAndQuery;

    [Fact]
    public void The_start_page_opens_the_newest_session()
    {
        Api.Answer("/api/sessions?limit=50", new SessionList([Samples.Session("s2"), Samples.Session("s1")], null));
        Render<SessionsPage>();
        Assert.Equal("/sessions/s2", Address);
    }

    [Fact]
    public void An_empty_store_says_the_next_command()
    {
        Api.Answer("/api/sessions?limit=50", new SessionList([], null));
        var page = Render<SessionsPage>();
        Assert.Equal("agentobs demo", page.Find("#demo-command").TextContent);
        Assert.Equal("agentobs setup", page.Find("#setup-command code, #setup-command pre, #setup-command").TextContent.Trim().Split('\n')[0]);
        Assert.Contains("CLAUDE_CODE_PROPAGATE_TRACEPARENT", page.Find("#claude-command").TextContent, StringComparison.Ordinal);
        Assert.Contains("trace_exporter", page.Find("#codex-command").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_that_nothing_matches_says_so_and_not_that_nothing_is_stored()
    {
        Api.Answer("/api/sessions?limit=50&q=zzz", new SessionList([], null));
        Navigation.NavigateTo("/sessions?q=zzz");
        var page = Render<SessionsPage>();
        Assert.NotNull(page.Find("#no-match"));
        Assert.Empty(page.FindAll("#no-sessions"));
    }

    [Fact]
    public void A_session_of_log_records_alone_names_the_command_that_says_why()
    {
        var silent = Render<SessionHeader>(header => header.Add(h => h.Id, "s1").Add(h => h.Session, Samples.Session("s1") with { Spans = 0 }));
        Assert.Contains("agentobs doctor", silent.Find("#session-why").TextContent, StringComparison.Ordinal);
        var whole = Render<SessionHeader>(header => header.Add(h => h.Id, "s1").Add(h => h.Session, Samples.Session("s1")));
        Assert.Empty(whole.FindAll("#session-why"));
    }

    [Fact]
    public void The_header_says_what_a_task_is_and_leads_to_all_that_was_done_for_it()
    {
        Api.Answer("/api/tasks/AO-12", Samples.Task("AO-12", "Login fails", "", nodeId: "s1"));
        var header = Render<SessionHeader>(one => one.Add(h => h.Id, "s1").Add(h => h.Session, Samples.Session("s1")));
        var task = header.Find("#session-tasks a");
        Assert.Equal("/sessions?task=AO-12", task.GetAttribute("href"));
        Assert.Equal("AO-12 Login fails", task.ParentElement!.TextContent);
    }

    [Fact]
    public void A_live_session_does_not_ask_for_its_task_at_each_change()
    {
        Api.Answer("/api/tasks/AO-12", Samples.Task("AO-12", "Login fails", "", nodeId: "s1"));
        var header = Render<SessionHeader>(one => one.Add(h => h.Id, "s1").Add(h => h.Session, Samples.Session("s1")));
        header.Render(one => one.Add(h => h.Session, Samples.Session("s1") with { Spans = 2_000 }));
        Assert.Single(Api.Asked, path => path == "/api/tasks/AO-12");
        header.Render(one => one.Add(h => h.Session, Samples.Session("s1") with { AgentRuns = 9 }));
        Assert.Equal(2, Api.Asked.Count(path => path == "/api/tasks/AO-12"));
    }

    [Fact]
    public void A_deep_link_gives_the_tree_its_node_and_the_header_its_session()
    {
        var page = Open("/sessions/s1?node=n7");
        var tree = page.Find("agent-tree");
        Assert.Equal("s1", tree.GetAttribute("session-id"));
        Assert.Equal("n7", tree.GetAttribute("selected"));
        Assert.Equal("3", page.Find("#session-runs").TextContent);
        Assert.Equal("21\u2009185", page.Find("#session-tokens dd").TextContent);
    }

    [Fact]
    public async Task A_picked_node_shows_its_detail_and_stands_in_the_address()
    {
        var page = Open("/sessions/s1?q=flaky");
        Api.Answer("/api/spans/t1/n1", Samples.Span());

        await page.Find("agent-tree").TriggerEventAsync("onnodeselect", Samples.Select(Samples.Node()));

        Assert.Equal("/sessions/s1?q=flaky&node=n1", Address);
        Assert.Equal("Bash", page.Find("#detail-name").TextContent);
        Assert.Equal("tool call", page.Find("#detail-kind").TextContent);
        Assert.Equal("/sessions/s1?q=flaky&node=s", page.Find(".path a").GetAttribute("href"));
    }

    [Fact]
    public async Task What_is_no_node_is_ignored()
    {
        var page = Open("/sessions/s1");
        await page.Find("agent-tree").TriggerEventAsync("onnodeselect", new AgentObs.Web.Components.NodeSelectEventArgs { Id = "x", Node = "{" });
        Assert.Empty(page.FindAll("#detail-name"));
    }

    private IRenderedComponent<SessionsPage> Open(string address)
    {
        var session = Samples.Session("s1");
        Api.Answer("/api/sessions?limit=50", new SessionList([session], null));
        Api.Answer("/api/sessions?limit=50&q=flaky", new SessionList([session], null));
        Api.Answer("/api/sessions/s1", session);
        Navigation.NavigateTo(address);
        return Render<SessionsPage>(parameters => parameters.Add(page => page.Id, "s1"));
    }
}
