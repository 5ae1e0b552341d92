namespace AgentObs.Tests.EndToEnd;

/// <summary>Finds a browser that Playwright can drive: Chromium, Chrome or Edge as the machine has it. None is downloaded.</summary>
internal static class BrowserLocation
{
    internal const string Variable = "AGENTOBS_TEST_BROWSER";

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge"];

    private static readonly string[] Elsewhere =
    [
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The browser's path; null where there is none.</summary>
    internal static string? Find()
    {
        var chosen = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(chosen))
        {
            return File.Exists(chosen) ? chosen : throw new FileNotFoundException($"{Variable} names a file that is not there: {chosen}");
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var extension = OperatingSystem.IsWindows() ? ".exe" : "";
        return folders
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name + extension)))
            .Concat(Elsewhere)
            .FirstOrDefault(File.Exists);
    }
}
