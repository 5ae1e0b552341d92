using AgentObs.Tests.Cli;
using AgentObs.Tests.EndToEnd.Pages;
using Microsoft.Playwright;

namespace AgentObs.Tests.EndToEnd;

/// <summary>What a developer does first: demo, open the page, find the session, click down to what a codex run did.</summary>
public sealed class NestedSessionTests(AgentObsProcess serve, BrowserFixture browser) : IClassFixture<AgentObsProcess>, IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_demo_session_opens_down_to_a_codex_tool_call()
    {
        var page = await browser.NewPageAsync();
        var foreign = new List<string>();
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Scheme: "http" or "https", Host: not "127.0.0.1" })
            {
                foreign.Add(request.Url);
            }
        };
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        var site = new SessionsPageObject(page, serve.Web);

        // Empty first: the page says what to do, and the session appears by itself while it is open.
        await site.OpenAsync();
        await Assertions.Expect(site.NoSessions).ToBeVisibleAsync();
        await Assertions.Expect(site.NoSessions).ToContainTextAsync("demo");
        await Assertions.Expect(site.NoSessions).ToContainTextAsync(serve.Endpoints.OtlpGrpc);
        await Assertions.Expect(site.NoSessions).ToContainTextAsync("CLAUDE_CODE_PROPAGATE_TRACEPARENT");
        var demo = await AgentObsProgram.RunAsync(["demo", "--no-open"], serve.ClientEnvironment);
        Assert.True(demo.ExitCode == 0, demo.Error);
        await Assertions.Expect(site.Rows).ToHaveCountAsync(1);
        await Assertions.Expect(site.Rows).ToContainTextAsync("3 runs");

        await site.Rows.First.Locator("a").ClickAsync();
        await Assertions.Expect(site.Nodes("agent_run", "codex")).ToHaveCountAsync(3);
        var call = site.Nodes("tool_call", "exec_command").First;
        await SessionsPageObject.PickAsync(call);
        await Assertions.Expect(site.DetailName).ToHaveTextAsync("exec_command");
        await Assertions.Expect(site.DetailKind).ToContainTextAsync("tool call");

        // The address now names the node: opened afresh it shows the same.
        Assert.Contains("node=", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Assertions.Expect(site.DetailName).ToHaveTextAsync("exec_command");
        Assert.Empty(foreign);
        Assert.Empty(errors);
    }
}
