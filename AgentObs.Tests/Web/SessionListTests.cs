using AgentObs.Query;
using AgentObs.Web;
using AgentObs.Web.Components;
using Bunit;

namespace AgentObs.Tests.Web;

public sealed class SessionListTests : WebTest
{
    private const string First = "/api/sessions?limit=50";

    [Fact]
    public void A_row_says_what_a_person_looks_for_and_escapes_what_the_agent_wrote()
    {
        Api.Answer(First, new SessionList([Samples.Session("s1", "Fix <b>List<int></b>", errors: 2)], null));

        var row = Show().Find("li[data-session-id=s1]");

        Assert.Contains("Fix &lt;b&gt;List&lt;int&gt;", row.InnerHtml, StringComparison.Ordinal);
        Assert.Equal("done", row.QuerySelector(".state")!.TextContent);
        Assert.Equal("claude-code", row.QuerySelector(".agent")!.TextContent);
        Assert.Equal("2 errors", row.QuerySelector(".errors")!.TextContent);
        Assert.Contains("3 runs", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1 turn", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("21k tok", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("agentobs · main", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("3.48 s", row.TextContent, StringComparison.Ordinal);
        Assert.Equal("/sessions/s1", row.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Without_errors_nothing_is_red()
    {
        Api.Answer(First, new SessionList([Samples.Session("s1")], null));
        Assert.Empty(Show().FindAll(".errors"));
    }

    [Fact]
    public void The_filter_goes_to_the_api_and_stays_in_the_links()
    {
        var filter = new SessionFilter("a b", "codex", "failed", null);
        Api.Answer("/api/sessions?limit=50&q=a%20b&agent=codex&state=failed", new SessionList([Samples.Session("s1")], null));

        Assert.Equal("/sessions/s1?q=a%20b&agent=codex&state=failed", Show(filter).Find("li a").GetAttribute("href"));
    }

    [Fact]
    public async Task Older_pages_are_added_and_stay_when_something_changes()
    {
        Api.Answer(First, new SessionList([Samples.Session("s3"), Samples.Session("s2")], "c1"));
        Api.Answer(First + "&cursor=c1", new SessionList([Samples.Session("s1")], null));
        var list = Show();
        await list.Find("#older").ClickAsync(new());
        Assert.Equal(["s3", "s2", "s1"], Ids(list));

        Api.Answer(First, new SessionList([Samples.Session("s4"), Samples.Session("s2", state: SessionStates.Failed)], "c0"));
        await list.Find("live-listener").TriggerEventAsync("onlivechanged", new LiveChangedEventArgs { Sessions = ["s4"] });

        Assert.Equal(["s4", "s2", "s3", "s1"], Ids(list));
        Assert.Equal("failed", list.Find("li[data-session-id=s2]").GetAttribute("data-state"));
        Assert.Empty(list.FindAll("#older"));
    }

    [Fact]
    public async Task A_deleted_session_goes_when_the_list_is_whole()
    {
        Api.Answer(First, new SessionList([Samples.Session("s2"), Samples.Session("s1")], null));
        var list = Show();
        Api.Answer(First, new SessionList([Samples.Session("s1")], null));
        await list.Find("live-listener").TriggerEventAsync("onlivechanged", new LiveChangedEventArgs());
        Assert.Equal(["s1"], Ids(list));
    }

    [Fact]
    public void An_api_that_does_not_answer_is_named_with_the_next_command()
    {
        Api.Down = true;
        var list = Show();
        Assert.Contains("AgentObs is not reachable", list.Find("#unreachable").TextContent, StringComparison.Ordinal);
        Assert.Equal("agentobs serve", list.Find("#serve-command").TextContent);
    }

    [Fact]
    public async Task A_list_that_is_there_survives_an_api_that_goes_away()
    {
        Api.Answer(First, new SessionList([Samples.Session("s1")], null));
        var list = Show();
        Api.Down = true;
        await list.Find("live-listener").TriggerEventAsync("onlivechanged", new LiveChangedEventArgs());
        Assert.Equal(["s1"], Ids(list));
        Assert.Contains("Not refreshed", list.Find(".stale").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<AgentObs.Web.Components.Sessions.SessionList> Show(SessionFilter? filter = null) =>
        Render<AgentObs.Web.Components.Sessions.SessionList>(parameters => parameters.Add(list => list.Filter, filter ?? SessionFilter.None));

    private static string[] Ids(IRenderedComponent<AgentObs.Web.Components.Sessions.SessionList> list) =>
        [.. list.FindAll("li").Select(row => row.GetAttribute("data-session-id")!)];
}
