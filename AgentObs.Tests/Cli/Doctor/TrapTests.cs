using System.Text.RegularExpressions;
using AgentObs.Cli.Doctor;
using AgentObs.Cli.Running;
using AgentObs.Conventions;
using AgentObs.Query;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Cli.Doctor;

/// <summary>Each trap of docs/spec/doctor.md: a user whose settings are right but for it gets that one finding, with its evidence and its fix.</summary>
public sealed partial class TrapTests : IDisposable
{
    private static readonly Dictionary<string, Trap> All = Traps.All.ToDictionary(trap => trap.Name, StringComparer.Ordinal);

    private readonly ScratchUser _user = new ScratchUser().WithRightSettings();

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_trap_is_found_with_its_evidence_and_its_fix(string name)
    {
        var trap = All[name];
        trap.Set(_user);

        var findings = await trap.Check.RunAsync(Patient(trap), TestContext.Current.CancellationToken);

        var wrong = findings.Where(finding => finding.Level != FindingLevel.Ok).ToList();
        var found = Assert.Single(wrong);
        Assert.Equal((trap.Id, trap.Level), (found.Id, found.Level));
        Assert.Contains(found.Evidence, line => line.Contains(trap.Evidence, StringComparison.Ordinal));
        Assert.Contains(trap.Fix, found.Fix, StringComparison.Ordinal);
        Assert.EndsWith(".", found.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Right_settings_have_no_warning()
    {
        DoctorCheck[] checks = [new ClaudeCheck(), new CodexCheck(), new OtherAgentsCheck(), new ShellCheck()];
        var findings = new List<Finding>();
        foreach (var check in checks)
        {
            findings.AddRange(await check.RunAsync(_user.Patient(), TestContext.Current.CancellationToken));
        }

        Assert.All(findings, finding => Assert.Equal(FindingLevel.Ok, finding.Level));
        var claude = Assert.Single(findings, finding => finding.Id == "claude.settings");
        Assert.Contains($"to {Setting.OtlpGrpcUrl.Default}", claude.Found, StringComparison.Ordinal);
        Assert.Contains(claude.Evidence, line => line.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=", StringComparison.Ordinal) && line.Contains("~/.claude/settings.json:", StringComparison.Ordinal));
        var codex = Assert.Single(findings, finding => finding.Id == "codex.settings");
        Assert.Contains($"to {Setting.OtlpGrpcUrl.Default}", codex.Found, StringComparison.Ordinal);
        Assert.StartsWith("~/.codex/config.toml:", Assert.Single(codex.Evidence), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/usr/bin/fish", "Your shell is fish, which does not read BASH_ENV")]
    [InlineData("/bin/bash", null)]
    public async Task A_shell_that_does_not_read_the_hook_is_told_and_is_no_fault(string shell, string? said)
    {
        _user.Environment["SHELL"] = shell;

        var kind = (await new ShellCheck().RunAsync(_user.Patient(), TestContext.Current.CancellationToken)).SingleOrDefault(finding => finding.Id == "shell.kind");

        Assert.Equal(said is null ? null : FindingLevel.Ok, kind?.Level);
        Assert.StartsWith(said ?? "", kind?.Found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finding_is_in_the_specification_and_no_other()
    {
        var page = RepositoryFiles.Read("docs/spec/doctor.md");
        var code = CodeOfDoctor();
        var made = MadeFinding().Matches(code).Select(match => match.Groups[1].Value).Concat(Traps.All.Select(trap => trap.Id)).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(made.Count, 50, 200);
        Assert.Empty(made.Where(id => !page.Contains($"`{id}`", StringComparison.Ordinal)));
        var areas = made.Select(id => id.Split('.')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(ToldFinding().Matches(page).Select(match => match.Groups[1].Value).Where(id => areas.Contains(id.Split('.')[0]) && !code.Contains($"\"{id}\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_finding_has_a_test_that_names_it()
    {
        var tests = string.Concat(RepositoryFiles.All(".cs").Where(file => file.StartsWith("AgentObs.Tests" + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(RepositoryFiles.Read));
        Assert.Empty(MadeFinding().Matches(CodeOfDoctor()).Select(match => match.Groups[1].Value).Where(id => !tests.Contains($"\"{id}\"", StringComparison.Ordinal)).Distinct());
    }

    [Fact]
    public async Task Each_exporter_of_codex_without_the_token_is_named()
    {
        var running = new RunningAgentObs(new Uri(Setting.WebUrl.Default), new Uri(Setting.OtlpGrpcUrl.Default), new Uri(Setting.OtlpHttpUrl.Default), "hush");
        var findings = (await new CodexCheck().RunAsync(_user.Patient(running), TestContext.Current.CancellationToken)).Where(finding => finding.Id == "codex.token").ToList();
        Assert.Equal(["otel.trace_exporter", "otel.exporter", "otel.metrics_exporter"], findings.Select(finding => finding.Evidence[0].Split('.', '=')[..2]).Select(name => string.Join('.', name)));
        Assert.All(findings, finding => Assert.Contains("headers = { Authorization", finding.Fix, StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Contains("setup codex", finding.Fix, StringComparison.Ordinal));

        foreach (var exporter in (string[])["trace_exporter", "exporter", "metrics_exporter"])
        {
            _user.Codex(exporter, """{ otlp-grpc = { endpoint = "http://127.0.0.1:4317", headers = { Authorization = "Bearer hush" } } }""");
        }

        Assert.All(await new CodexCheck().RunAsync(_user.Patient(running), TestContext.Current.CancellationToken), finding => Assert.Equal(FindingLevel.Ok, finding.Level));
    }

    [Fact]
    public async Task A_secret_in_a_setting_is_not_printed()
    {
        _user.Claude("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer hush-hush");
        _user.Claude("CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", null);

        var findings = await new ClaudeCheck().RunAsync(_user.Patient(), TestContext.Current.CancellationToken);

        Assert.NotEmpty(findings);
        Assert.DoesNotContain(findings, finding => (finding.Found + finding.Fix + string.Join('\n', finding.Evidence)).Contains("hush-hush", StringComparison.Ordinal));
    }

    public void Dispose() => _user.Dispose();

    [GeneratedRegex(@"(?:Finding\.(?:Ok|Warning|Problem)|new Finding|new)\(\s*""([a-z]+\.[a-z-]+)""")]
    private static partial Regex MadeFinding();

    [GeneratedRegex("`([a-z]+\\.[a-z-]+)`")]
    private static partial Regex ToldFinding();

    private static string CodeOfDoctor() =>
        string.Concat(RepositoryFiles.All(".cs").Where(file => file.StartsWith(Path.Combine("AgentObs.Cli", "Doctor"), StringComparison.Ordinal)).Select(RepositoryFiles.Read));

    private Patient Patient(Trap trap)
    {
        var running = new RunningAgentObs(new Uri(Setting.WebUrl.Default), new Uri(Setting.OtlpGrpcUrl.Default), new Uri(Setting.OtlpHttpUrl.Default), trap.Token);
        var patient = _user.Patient(running);
        patient.Stored = new StoredSummary(ProgramVersion.Text, trap.Containers ? "containers" : "embedded", "26.7", "otel", 22, []);
        return patient;
    }
}
