using Microsoft.Playwright;

namespace AgentObs.Tests.EndToEnd;

/// <summary>
/// One headless browser for all tests of a class. Where the machine has none the tests are skipped with the next step as the reason;
/// in CI (the variable CI is set) they fail instead, since a green run without a browser proves nothing.
/// </summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (BrowserLocation.Find() is not { } path)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
    }

    /// <summary>A page with a fresh profile, 1600x900.</summary>
    public async Task<IPage> NewPageAsync()
    {
        if (_browser is null)
        {
            var reason = $"No Chromium, Chrome or Edge was found: install one (Debian: apt-get install chromium), or set {BrowserLocation.Variable} to its path.";
            if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
            {
                Assert.Fail(reason);
            }

            Assert.Skip(reason);
        }

        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1600, Height = 900 } });
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
