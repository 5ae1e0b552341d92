using Microsoft.Playwright;

namespace AgentObs.Tests.EndToEnd.Pages;

/// <summary>
/// The main screen as a test drives it: list | tree | detail. Roles of Fluent elements live where Playwright does not look, so
/// everything goes by id or by the tree's data attributes; CSS reaches into shadow roots.
/// </summary>
internal sealed class SessionsPageObject(IPage page, Uri site)
{
    public ILocator Rows => page.Locator("#session-list li");

    public ILocator Tree => page.Locator("agent-tree #grid");

    public ILocator DetailName => page.Locator("#detail-name");

    public ILocator DetailKind => page.Locator("#detail-kind");

    public ILocator Live => page.Locator("#live");

    public ILocator NoSessions => page.Locator("#no-sessions");

    public Task OpenAsync(string path = "/") => page.GotoAsync(new Uri(site, path).ToString());

    public ILocator Session(string id) => page.Locator($"#session-list li[data-session-id=\"{id}\"] a");

    /// <summary>Rows of a kind (<c>agent_run</c>, <c>tool_call</c>, ...), by the name they show.</summary>
    public ILocator Nodes(string kind, string name) =>
        page.Locator($"agent-tree .row[data-kind=\"{kind}\"]", new PageLocatorOptions { Has = page.Locator(".label", new PageLocatorOptions { HasTextString = name }) });

    /// <summary>Clicks the name: the middle of a row may be the button that opens its fold.</summary>
    public static Task PickAsync(ILocator row) => row.Locator(".label").ClickAsync();

    public static ILocator Fold(ILocator row) => row.Locator("button.fold");

    /// <summary>A key as a reader presses it in the tree: <c>e</c>, <c>ArrowDown</c>, <c>*</c>, ...</summary>
    public Task PressAsync(string key) => Tree.PressAsync(key);
}
