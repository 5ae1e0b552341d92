using System.Net;
using System.Net.Sockets;
using AgentObs.Conventions;
using AgentObs.Launcher;
using AgentObs.Tests.Repository;

namespace AgentObs.Tests.Launcher;

/// <summary>Environments in which a command runs without the launcher, and so has to run with it.</summary>
public sealed class HostileLaunchTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task In_a_folder_that_was_removed_the_command_runs()
    {
        var gone = Path.Combine(_scratch.Path, "gone");
        Directory.CreateDirectory(gone);
        var result = await LauncherProgram.RunAsync("sh", ["-c", "cd \"$1\" && rmdir \"$1\" && exec \"$0\" -- echo hello", LauncherProgram.Path, gone], Environment);
        Assert.Equal((0, "hello\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task An_environment_without_room_for_more_is_handed_on_as_it_is()
    {
        var environment = Environment;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=" + new string('b', 131_000);
        var result = await LauncherProgram.RunAsync(["--", "sh", "-c", "echo ${#OTEL_RESOURCE_ATTRIBUTES} ${TRACEPARENT-none}"], environment);
        Assert.Equal((0, "131005 none\n"), (result.ExitCode, result.Output));
        Assert.Contains("Next: look at OTEL_RESOURCE_ATTRIBUTES", result.Error, StringComparison.Ordinal);
    }

    /// <summary>A wrapper that looks for the next program of its name finds the shim, behind which the launcher must not find the wrapper again.</summary>
    [Theory]
    [InlineData("exec \"$(type -ap claude | grep -v /wrap/ | head -1)\" \"$@\"")]
    [InlineData("exec \"$LAUNCHER\" -- claude \"$@\"")]
    public async Task A_wrapper_around_an_agent_comes_to_the_agent(string rest)
    {
        _scratch.Script("agents/claude", "#!/bin/sh\necho agent \"$@\"\n");
        _scratch.Script("wrap/claude", $"#!/bin/bash\necho wrapper\nLEVEL=$((${{LEVEL:-0}} + 1)); [ $LEVEL -lt 9 ] || exit 99\nexport LEVEL\n{rest}\n");
        var result = await LauncherProgram.RunAsync(["--", "claude", "-p", "a b"], Searching("wrap", "agents"));
        Assert.Equal((0, "wrapper\nagent -p a b\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_wrapper_without_an_agent_ends_and_an_agent_may_start_itself()
    {
        _scratch.Script("wrap/claude", "#!/bin/bash\nexec \"$LAUNCHER\" -- claude \"$@\"\n");
        var endless = await LauncherProgram.RunAsync(["--", "claude"], Searching("wrap"));
        Assert.Equal(126, endless.ExitCode);
        Assert.Contains("starts itself over and over", endless.Error, StringComparison.Ordinal);

        // The first one on PATH each time: it is an agent, which leaves its ids.
        _scratch.Script("new/claude", "#!/bin/bash\necho new $1\n[ $1 = 0 ] || CLAUDE_CODE_SESSION_ID=s$1 claude $(($1 - 1))\n");
        _scratch.Script("old/claude", "#!/bin/sh\necho old $1\n");
        var nested = await LauncherProgram.RunAsync(["--", "claude", "2"], Searching("new", "old"));
        Assert.Equal((0, "new 2\nnew 1\nnew 0\n"), (nested.ExitCode, nested.Output));
    }

    /// <summary>Ctrl+Z and fg reach launcher and child at once; the launcher that reads of the child's stop after both run again must not stop a second time.</summary>
    [Fact]
    public async Task What_the_terminal_stops_and_continues_goes_on()
    {
        const string script = """
            coproc setsid "$0" -- cat
            echo 0 >&"${COPROC[1]}"; read -t 20 -u "${COPROC[0]}" line || exit 8
            for i in {1..40}; do
              kill -STOP -- -$COPROC_PID
              for pid in $COPROC_PID $(cat /proc/$COPROC_PID/task/*/children); do
                while read -r _ state _ < <(sed 's/.*)/x/' /proc/$pid/stat); [ $state != T ]; do :; done
              done
              kill -CONT -- -$COPROC_PID
              echo $i >&"${COPROC[1]}"; read -t 20 -u "${COPROC[0]}" line || exit 9
              read -r _ state _ < <(sed 's/.*)/x/' /proc/$COPROC_PID/stat); [ $state != T ] || exit 7
            done
            echo on
            """;
        var result = await LauncherProgram.RunAsync("bash", ["-c", script, LauncherProgram.Path], Environment);
        Assert.Equal((0, "on\n"), (result.ExitCode, result.Output));
    }

    [Fact]
    public async Task A_data_folder_is_a_name_and_no_command()
    {
        var environment = Environment;
        var data = Path.Combine(_scratch.Path, "$(echo ran >&2)`echo ran >&2`\"'\\ \n");
        environment["AGENTOBS_DATA"] = data;
        var result = await LauncherProgram.RunAsync(["--", "bash", "-c", "echo \"${PATH%%:*}\""], environment);
        Assert.Equal((0, Path.Combine(data, "launcher", "bin") + "\n"), (result.ExitCode, result.Output));
        Assert.DoesNotContain("ran", result.Error, StringComparison.Ordinal);

        environment["AGENTOBS_DATA"] = Path.Combine(_scratch.Path, "a:b");
        var colon = await LauncherProgram.RunAsync(["--", "sh", "-c", "echo $PATH"], environment);
        Assert.Equal((0, environment["PATH"] + "\n"), (colon.ExitCode, colon.Output));
    }

    [Theory]
    [InlineData("with \"quotes\" and 'blanks'.sh", "with \"quotes\" and 'blanks'.sh")]
    [InlineData("of_$OWN.sh", "of_mine.sh")]
    public async Task The_users_own_BASH_ENV_may_have_any_name(string set, string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_scratch.Path, name), "MINE=read\n", TestContext.Current.CancellationToken);
        var environment = Environment;
        environment["OWN"] = "mine";
        environment["BASH_ENV"] = Path.Combine(_scratch.Path, set);
        var result = await LauncherProgram.RunAsync(["--", "bash", "-c", "echo \"$MINE\""], environment);
        Assert.Equal((0, "read\n"), (result.ExitCode, result.Output));
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_pipe_in_place_of_codexs_settings_holds_nothing_up()
    {
        _scratch.Script("agents/codex", "#!/bin/sh\necho agent\n");
        var result = await LauncherProgram.RunAsync("sh", ["-c", "mkdir .codex && mkfifo .codex/config.toml && exec \"$LAUNCHER\" -- codex"], Searching("agents"), _scratch.Path);
        Assert.Equal((0, "agent\n"), (result.ExitCode, result.Output));
    }

    /// <summary>A second AgentObs is no answer to a token that is missing here.</summary>
    [Theory]
    [InlineData("", "AGENTOBS_TOKEN is not set here")]
    [InlineData("stale", "AGENTOBS_TOKEN is another one here")]
    public async Task A_token_that_is_missing_is_named(string token, string said)
    {
        using var agentObs = new TcpListener(IPAddress.Loopback, 0);
        agentObs.Start();
        var environment = Environment;
        environment["AGENTOBS_OTLP_HTTP_URL"] = $"http://{agentObs.LocalEndpoint}";
        environment["AGENTOBS_TOKEN"] = token;
        var run = LauncherProgram.RunAsync(["--", "sh", "-c", "exit 5"], environment);
        while (await Task.WhenAny(run, agentObs.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask()) is Task<TcpClient> accepted)
        {
            using var client = await accepted;
            await client.GetStream().WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var result = await run;
        Assert.Equal(5, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
        Assert.Contains("Next: export AGENTOBS_TOKEN=", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Shims that another installation left, whose launcher is gone or is a folder by now.</summary>
    [Theory]
    [InlineData("gone")]
    [InlineData("folder")]
    public async Task A_shim_without_its_launcher_starts_the_agent(string launcher)
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Path, "folder"));
        var shim = await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "AgentObs.Launcher", "Shell", "shim.sh"), TestContext.Current.CancellationToken);
        _scratch.Script("shims/claude", shim.Replace("@NAME@", "claude", StringComparison.Ordinal).Replace("@LAUNCHER@", Path.Combine(_scratch.Path, launcher), StringComparison.Ordinal));
        _scratch.Script("agents/claude", "#!/bin/sh\necho agent \"$@\"\nexit 4\n");
        var result = await LauncherProgram.RunAsync("sh", ["-c", "claude 'a b'"], Searching("shims", "agents"));
        Assert.Equal((4, "agent a b\n"), (result.ExitCode, result.Output));
    }

    [Theory]
    [InlineData("codex", "codex", "exec", "- my secret plan")]
    [InlineData("claude -p --model -v", "claude", "-p", "secret", "--model=secret", "-v")]
    [InlineData("claude -p", "claude", "-psecret", "--", "-secret", "--secret")]
    [InlineData("sh -c", "sh", "-c", "claude -p 'secret'", "--secret words")]
    [InlineData("gemini -p", "gemini", "-p", "secret")]
    public void Without_prompts_no_word_that_may_be_one_is_told(string expected, params string[] command)
    {
        Assert.Equal(expected, CommandText.Of(command, CapturedContent.ToolDetails));
        Assert.Contains("secret", CommandText.Of(command, CapturedContent.Prompts), StringComparison.Ordinal);
    }

    public void Dispose() => _scratch.Dispose();

    private Dictionary<string, string> Environment => new(LauncherProgram.Alone(Path.Combine(_scratch.Path, "data")))
    {
        ["HOME"] = _scratch.Path,
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["LAUNCHER"] = LauncherProgram.Path,
    };

    private Dictionary<string, string> Searching(params string[] folders)
    {
        var environment = Environment;
        environment["PATH"] = string.Join(':', [.. folders.Select(folder => Path.Combine(_scratch.Path, folder)), environment["PATH"]]);
        return environment;
    }
}
