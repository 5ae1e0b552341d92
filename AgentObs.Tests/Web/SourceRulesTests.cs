using System.Text.RegularExpressions;

namespace AgentObs.Tests.Web;

/// <summary>Walls round what is known to be unsafe in the Fluent components 5.0.1, and round the two promises: no markup from data, no other host.</summary>
public sealed partial class SourceRulesTests
{
    [Theory]
    [InlineData("Tooltip=", "it is rendered as raw HTML: use title=")]
    [InlineData("FluentNumberInput", "it loads a script from a public CDN: use <input type=number>")]
    [InlineData("MaskPattern", "it loads a script from a public CDN")]
    [InlineData("FluentSortableList", "it loads a script from a public CDN")]
    [InlineData("IThemeService", "it writes to localStorage and fights the theme of the page")]
    [InlineData("MarkupString", "text of agents must never become markup")]
    [InlineData("AddMarkupContent", "text of agents must never become markup")]
    public void Banned_in_components(string what, string why) =>
        Assert.All(WebSource.Files(".razor", ".cs"), file => Assert.False(
            File.ReadAllText(file).Contains(what, StringComparison.Ordinal), $"{file} has {what}: {why}"));

    [Theory]
    [InlineData("innerHTML")]
    [InlineData("outerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("document.write")]
    public void Banned_in_elements(string what) =>
        Assert.All(WebSource.Files(".ts"), file => Assert.False(
            File.ReadAllText(file).Contains(what, StringComparison.Ordinal), $"{file} has {what}: text of agents must never become markup"));

    [Fact]
    public void Nothing_is_fetched_from_another_host()
    {
        foreach (var file in WebSource.Files(".razor", ".css", ".ts", ".svg", ".mjs"))
        {
            foreach (Match url in Urls().Matches(File.ReadAllText(file)))
            {
                Assert.True(url.Value is "http://127.0.0.1" or "http://www.w3.org", $"{file} names {url.Value}");
            }
        }
    }

    [Fact]
    public void The_lock_file_names_no_download_address() =>
        Assert.DoesNotContain("\"resolved\"", File.ReadAllText(Path.Combine(WebSource.Folder, "elements", "package-lock.json")), StringComparison.Ordinal);

    [GeneratedRegex(@"https?://[a-zA-Z0-9.-]+")]
    private static partial Regex Urls();
}
