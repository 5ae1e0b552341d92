using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using AgentObs.Conventions;
using AgentObs.Launcher;

namespace AgentObs.Tests.Launcher;

/// <summary>How descendants come through the launcher again: the shims, the hook that bash reads, what agents are given. AgentObs is not there.</summary>
[SupportedOSPlatform("linux")]
[SupportedOSPlatform("macos")]
public sealed class ReachTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    /// <summary>An agent that prints its arguments and the variables that matter.</summary>
    private const string Agent = """
        #!/bin/sh
        for argument in "$@"; do echo "argument $argument"; done
        env | grep -E '^(OTEL_|CLAUDE_CODE_|TRACEPARENT=)' | sort
        """;

    [Fact]
    public void The_hook_and_the_launcher_know_the_same_ids()
    {
        using var reader = new StreamReader(typeof(LauncherFolder).Assembly.GetManifestResourceStream("agentobs-env.sh")!);
        var hook = reader.ReadToEnd();
        var written = Regex.Matches(hook, "\"([a-z_]+)=\\$\\{([A-Z_]+):-\\}\"").Select(match => (match.Groups[1].Value, match.Groups[2].Value));
        Assert.Equal(ParentIds.All, written);

        var compared = Regex.Match(hook, "_agentobs_ids=\"(.*)\"").Groups[1].Value;
        Assert.Equal(string.Join('|', ParentIds.All.Select(id => $"${{{id.Variable}:-}}")), compared);
    }

    [Fact]
    public async Task The_hook_is_silent_strict_and_reads_the_users_own_after_itself()
    {
        var environment = Environment;
        environment["OWN"] = _scratch.Path;
        environment["BASH_ENV"] = "$OWN/mine.sh";
        await File.WriteAllTextAsync(Path.Combine(_scratch.Path, "mine.sh"), "MINE=read\n", Cancellation);
        var result = await LauncherProgram.RunAsync(["--", "bash", "-euc", "echo \"$MINE $-\"; compgen -v _agentobs || echo nothing left"], environment);
        Assert.Equal((0, true), (result.ExitCode, Regex.IsMatch(result.Output, "^read [a-z]*e[a-z]*u[a-zB]*\nnothing left\n$")));
        Assert.DoesNotContain("bash", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_shell_finds_shim_and_agent_again()
    {
        _scratch.Script("agents/codex", Agent);
        var environment = Environment;
        environment["PATH"] = Path.Combine(_scratch.Path, "agents") + ":" + environment["PATH"];
        // As /etc/profile of Debian does it for root.
        await File.WriteAllTextAsync(Path.Combine(_scratch.Path, ".bash_profile"), "PATH=/usr/local/bin:/usr/bin:/bin\n", Cancellation);
        var result = await LauncherProgram.RunAsync(["--", "bash", "-lc", "command -v codex; codex exec hello"], environment);
        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith(Path.Combine(_scratch.Path, "data", "launcher", "bin", "codex") + "\nargument -c\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("argument exec\nargument hello\n", result.Output, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task The_hook_says_who_called_and_drops_what_is_of_the_process_above()
    {
        var caller = "unset OTEL_RESOURCE_ATTRIBUTES; CLAUDE_PID=$$ CLAUDE_CODE_SESSION_ID=s1 TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 "
            + "bash -c 'echo $PPID; echo $OTEL_RESOURCE_ATTRIBUTES; bash -c \"echo \\$OTEL_RESOURCE_ATTRIBUTES\"'";
        var environment = Environment;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=blue";
        var result = await LauncherProgram.RunAsync(["--task", "P-1", "--", "bash", "-c", caller + "; :"], environment);
        var lines = result.Output.Split('\n');
        Assert.Equal(
            "team=blue,agentobs.task.id=P-1,agentobs.parent.traceparent=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            + $",agentobs.parent.pid={lines[0]},agentobs.parent.claude_pid={lines[0]},agentobs.parent.claude_session=s1",
            lines[1]);
        Assert.Equal(lines[1], lines[2]);
    }

    [Fact]
    public async Task A_shim_without_its_launcher_starts_the_agent_itself()
    {
        _scratch.Script("agents/claude", Agent);
        var data = Path.Combine(_scratch.Path, "data");
        new LauncherFolder(data).Ensure("/nowhere/agentobs-launcher", ["claude"]);
        var other = Path.Combine(_scratch.Path, "other");
        new LauncherFolder(other).Ensure("/nowhere/agentobs-launcher", ["claude"]);
        var environment = Environment;
        environment["PATH"] = string.Join(':', new LauncherFolder(data).Bin, new LauncherFolder(other).Bin, Path.Combine(_scratch.Path, "agents"), environment["PATH"]);
        var result = await LauncherProgram.RunAsync(Path.Combine(new LauncherFolder(data).Bin, "claude"), ["-p", "two words"], environment);
        Assert.Equal((0, "argument -p\nargument two words\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task Claude_gets_its_settings_and_its_arguments_as_they_are()
    {
        var program = _scratch.Script("claude", Agent);
        var environment = Environment;
        environment["OTEL_LOG_TOOL_DETAILS"] = "0";
        environment["AGENTOBS_OTLP_GRPC_URL"] = "http://127.0.0.1:9";
        var result = await LauncherProgram.RunAsync(["--", program, "-p", "a b"], environment);
        Assert.StartsWith("argument -p\nargument a b\nCLAUDE_CODE_ENABLE_TELEMETRY=1\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("OTEL_LOG_USER_PROMPTS=1\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("OTEL_LOG_TOOL_DETAILS=0\n", result.Output, StringComparison.Ordinal);

        environment["AGENTOBS_CONTENT"] = "none";
        var none = await LauncherProgram.RunAsync(["--", program], environment);
        Assert.DoesNotContain("OTEL_LOG_USER_PROMPTS", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_the_users_own_is_left_alone_and_said_once()
    {
        var claude = _scratch.Script("claude", Agent);
        var environment = Environment;
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = "https://telemetry.example.com";
        var result = await LauncherProgram.RunAsync(["--", claude], environment);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT=https://telemetry.example.com\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CLAUDE_CODE_ENABLE_TELEMETRY", result.Output, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(result.Error, "https://telemetry.example.com, which is left alone"));

        var codex = _scratch.Script("codex", Agent);
        environment["CODEX_HOME"] = _scratch.Path;
        await File.WriteAllTextAsync(
            Path.Combine(_scratch.Path, "config.toml"), "[otel]\nexporter = { otlp-http = { endpoint = \"https://logs.example.com/v1/logs\" } }\n", Cancellation);
        var left = await LauncherProgram.RunAsync(["--", codex, "exec"], environment);
        Assert.StartsWith("argument exec\n", left.Output, StringComparison.Ordinal);
        Assert.Contains("https://logs.example.com/v1/logs, which is left alone", left.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => new(LauncherProgram.Alone(Path.Combine(_scratch.Path, "data")))
    {
        ["HOME"] = _scratch.Path,
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
    };
}
