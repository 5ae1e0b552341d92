using AgentObs.Cli;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>What recorded sessions say of their own nesting: real clients' telemetry, replayed into a real <c>agentobs serve</c>.</summary>
public sealed class NestingTests : IAsyncLifetime
{
    private readonly ScratchUser _user = new();
    private AgentObsProcess _serve = null!;

    public async ValueTask InitializeAsync() => _serve = await AgentObsProcess.StartAsync();

    [Fact]
    public async Task A_nested_session_is_well_and_a_live_one_comes_and_goes()
    {
        await ReplayAsync("claude-codex3");

        var result = await _user.DoctorAsync(_serve, "--live", "--json");
        var answer = DoctorAnswer.Read(result);

        Assert.Equal(ExitCode.Ok, result.ExitCode);
        Assert.Equal("The last 1 session has 3 agent runs.", answer.Find("nesting.sessions").Found);
        Assert.Contains("codex", answer.Find("telemetry.heard").Found, StringComparison.Ordinal);
        Assert.Equal("ok", answer.Find("live.nested").Level);
        Assert.Equal("ok", answer.Find("live.launcher").Level);
        Assert.Single(await SeenSession.AllAsync(_serve));
        var left = await _serve.Http.GetStringAsync(new Uri("/api/clients", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("agentobs-launcher", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_without_spans_say_which_setting_is_missing()
    {
        await ReplayAsync("claude-bash-nobeta", "codex-logsonly");

        var result = await _user.DoctorAsync(_serve, "--json");
        var silent = DoctorAnswer.Read(result).Findings.Where(finding => finding.Id == "nesting.no-spans").ToList();

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Collection(
            silent,
            claude => Assert.Contains("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", claude.Found, StringComparison.Ordinal),
            codex => Assert.Contains("trace_exporter", codex.Found, StringComparison.Ordinal));
        Assert.All(silent, finding => Assert.Contains("setup", finding.Fix, StringComparison.Ordinal));

        // Settings that were written since: nothing says that they are still wrong.
        _user.WithRightSettings();
        Assert.DoesNotContain(DoctorAnswer.Read(await _user.DoctorAsync(_serve, "--json")).Findings, finding => finding.Id == "nesting.no-spans");

        // Records that name a trace: the client had its spans switched on.
        await ReplayAsync("claude-inbound-unsampled");
        var unsampled = DoctorAnswer.Read(await _user.DoctorAsync(_serve, "--json")).Find("nesting.no-spans");
        Assert.Contains("not sampled", unsampled.Found, StringComparison.Ordinal);
        Assert.StartsWith("unset TRACEPARENT", unsampled.Fix, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        await _serve.DisposeAsync();
    }

    private async Task ReplayAsync(params string[] scenarios)
    {
        foreach (var scenario in scenarios)
        {
            var replayed = await AgentObsProgram.RunAsync(["replay", Path.Combine(AgentObsProgram.Root, "recordings", scenario), "--now"], _serve.ClientEnvironment);
            Assert.Equal(ExitCode.Ok, replayed.ExitCode);
        }
    }
}
