using AgentObs.Cli.Doctor;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>Agents on a scratch PATH.</summary>
public sealed class ProgramsCheckTests : IDisposable
{
    private readonly ScratchUser _user = new();

    [Fact]
    public async Task Versions_kinds_and_links_are_shown()
    {
        var target = _user.Program("cli.js", "echo '2.1.330 (Claude Code)'", "lib/node_modules/@anthropic-ai/claude-code");
        File.CreateSymbolicLink(Path.Combine(_user.Bin, "claude"), target);
        _user.Program("codex", "echo codex-cli 0.169.0");

        var found = Assert.Single(await ExamineAsync());

        Assert.Equal(("agents.found", FindingLevel.Ok), (found.Id, found.Level));
        Assert.Equal("Agents: claude 2.1.330, codex 0.169.0.", found.Found);
        Assert.Contains($"claude 2.1.330 (npm): {_user.Bin}/claude -> {target}; recorded with 2.1.330", found.Evidence);
        Assert.Contains(found.Evidence, line => line.StartsWith("codex 0.169.0 (script)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_no_agent_is_on_PATH_the_finding_says_which_were_looked_for_and_where()
    {
        var none = Assert.Single(await ExamineAsync());

        Assert.Equal(("agents.none", FindingLevel.Warning), (none.Id, none.Level));
        Assert.Contains("claude, codex, copilot", none.Found, StringComparison.Ordinal);
        Assert.Equal([$"PATH={_user.Environment["PATH"]}"], none.Evidence);
        Assert.StartsWith("export PATH=", none.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_hangs_holds_nothing_up()
    {
        _user.Program("claude", "exec sleep 600");
        _user.Program("codex", "echo codex-cli 0.169.0");

        var findings = await ExamineAsync();

        var hanging = Assert.Single(findings, finding => finding.Id == "agents.version");
        Assert.Equal("claude --version does not answer: nothing within 5 s.", hanging.Found);
        Assert.Equal("Agents: claude ?, codex 0.169.0.", findings[0].Found);
    }

    [Fact]
    public async Task Several_installations_in_different_versions_are_a_warning()
    {
        var other = _user.Folder("other");
        _user.Program("codex", "echo codex-cli 0.169.0");
        _user.Program("codex", "echo codex-cli 0.140.0", "other");
        _user.Environment["PATH"] += ":" + other;

        var several = Assert.Single(await ExamineAsync(), finding => finding.Id == "agents.several");

        Assert.Equal(FindingLevel.Warning, several.Level);
        Assert.Equal([$"0.169.0: {_user.Bin}/codex", $"0.140.0: {other}/codex"], several.Evidence);
        Assert.StartsWith($"rm {other}/codex", several.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_shell_that_resets_PATH_loses_the_agents()
    {
        _user.Program("codex", "echo codex-cli 0.169.0");
        _user.Write("home/.profile", "PATH=/usr/bin:/bin\n");

        var lost = Assert.Single(await ExamineAsync(), finding => finding.Id == "agents.login-shell");

        Assert.Contains("does not find codex", lost.Found, StringComparison.Ordinal);
        Assert.Equal($"echo 'export PATH=\"{_user.Bin}:$PATH\"' >> ~/.profile", lost.Fix);
    }

    [Fact]
    public async Task A_qwen_without_spans_is_a_problem()
    {
        _user.Program("qwen", "echo 0.15.2");

        var old = Assert.Single(await ExamineAsync(), finding => finding.Id == "agents.old");

        Assert.Equal(FindingLevel.Problem, old.Level);
        Assert.Contains("@qwen-code/qwen-code@0.24.4", old.Fix, StringComparison.Ordinal);
    }

    public void Dispose() => _user.Dispose();

    private Task<IReadOnlyList<Finding>> ExamineAsync() => new ProgramsCheck().RunAsync(_user.Patient(), TestContext.Current.CancellationToken);
}
