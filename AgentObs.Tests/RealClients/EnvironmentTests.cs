namespace AgentObs.Tests.RealClients;

/// <summary>What of an agent's environment reaches the commands that it runs: what the launcher rests on (docs/spec/launcher.md).</summary>
[Collection(nameof(OneAtATime))]
public sealed class EnvironmentTests
{
    private const string First = "/opt/first";
    private const string Hooked = "/opt/hooked";

    /// <param name="shells">SHLVL of Claude Code; empty where no shell started it.</param>
    /// <param name="readsHook">Bash takes itself for a remote shell where stdin is a socket, as Claude's Bash tool gives it, and SHLVL is below 2.</param>
    [Theory(Skip = RealClients.Off, SkipType = typeof(RealClients), SkipUnless = nameof(RealClients.AreOn))]
    [InlineData("1", true)]
    [InlineData("", false)]
    public async Task What_reaches_the_commands_of_agents(string shells, bool readsHook)
    {
        Loopback.AssertAlone();
        var scenario = Scenario.Load("environment");
        await using var models = await FakeModels.StartAsync(scenario);
        await using var place = await Workplace.SetUpAsync(models);
        var hook = Path.Combine(place.Home, "hook.sh");
        await File.WriteAllTextAsync(hook, $"export HOOK_READ=1 PATH={Hooked}:$PATH\n", TestContext.Current.CancellationToken);
        place.Environment["BASH_ENV"] = hook;
        place.Environment["SHLVL"] = shells;
        place.Environment["PATH"] = $"{First}:{place.Environment["PATH"]}";
        place.Environment["OTEL_RESOURCE_ATTRIBUTES"] = "from=process";
        place.Environment["AGENTOBS_TASK_ID"] = "SHOP-12";
        place.Environment["IN_BOTH"] = "process";
        await place.AddClaudeSettingsAsync("""{ "env": { "IN_BOTH": "settings" } }""");

        await place.RunAsync("claude", "-p", scenario.Prompt);

        var claude = await ReadAsync(place, "claude.env");
        Assert.DoesNotContain(claude.Keys, name => name.StartsWith("OTEL_", StringComparison.Ordinal));
        Assert.Equal(("SHOP-12", "settings", hook), (claude["AGENTOBS_TASK_ID"], claude["IN_BOTH"], claude["BASH_ENV"]));
        // Claude's Bash tool sources a snapshot with its own PATH after BASH_ENV: what a hook does to PATH is undone.
        Assert.Equal(place.Environment["PATH"], claude["PATH"]);
        Assert.Equal(readsHook, claude.ContainsKey("HOOK_READ"));

        var codex = await ReadAsync(place, "codex.env");
        Assert.Equal(("50", "SHOP-12", "1"), (codex["OTEL_BSP_SCHEDULE_DELAY"], codex["AGENTOBS_TASK_ID"], codex["HOOK_READ"]));
        // A login shell's /etc/profile resets PATH for root; BASH_ENV comes after it.
        var path = codex["PATH"].Split(':');
        Assert.Equal(Hooked, path[0]);
        Assert.DoesNotContain(First, path);
    }

    private static async Task<Dictionary<string, string>> ReadAsync(Workplace place, string file) =>
        (await File.ReadAllLinesAsync(Path.Combine(place.Project, file), TestContext.Current.CancellationToken))
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
