namespace AgentObs.Tests.RealClients;

/// <summary>A person's first minutes: <c>agentobs setup</c>, then Claude Code as always, then <c>agentobs doctor</c>.</summary>
[Collection(nameof(OneAtATime))]
public sealed class SetUpTests
{
    [Fact(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    public async Task Setup_then_claude_then_doctor()
    {
        await using var run = await ScriptedRun.StartAsync("shop");
        var before = await SettingsAsync(run.Place);

        await run.Place.RunAsync("agentobs", "setup", "--yes", "--prompts", "on");
        var after = await SettingsAsync(run.Place);
        Assert.NotEqual(before.Claude, after.Claude);
        Assert.NotEqual(before.Codex, after.Codex);
        await run.Place.RunAsync("agentobs", "setup", "--yes", "--prompts", "on");
        Assert.Equal(after, await SettingsAsync(run.Place));

        var session = await run.RunAsync("claude", "-p", run.Scenario.Prompt);
        await Shop.AssertConfiguredAsync(run, session);

        var doctor = await run.Place.RunAsync("agentobs", "doctor");
        Assert.Contains($"claude {RealClients.ClaudeVersion}, codex {RealClients.CodexVersion}", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("Heard in the last 7 days: claude-code", doctor.Output, StringComparison.Ordinal);

        await run.Place.RunAsync("agentobs", "doctor", "--live");

        await run.Place.RunAsync("agentobs", "setup", "--undo", "--yes");
        Assert.Equal(before, await SettingsAsync(run.Place));
    }

    private static async Task<(string Claude, string Codex)> SettingsAsync(Workplace place) =>
        (await File.ReadAllTextAsync(place.ClaudeSettings, TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(place.CodexSettings, TestContext.Current.CancellationToken));
}
