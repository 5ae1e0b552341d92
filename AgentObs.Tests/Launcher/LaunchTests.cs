using System.Security.Cryptography;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Launcher;

/// <summary>The child is as if it had been started directly: exit codes, streams, signals. AgentObs is not there.</summary>
public sealed class LaunchTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Theory]
    [InlineData(0, "true")]
    [InlineData(3, "sh", "-c", "exit 3")]
    [InlineData(143, "sh", "-c", "kill -TERM $$")]
    [InlineData(137, "sh", "-c", "kill -KILL $$")]
    [InlineData(134, "sh", "-c", "kill -ABRT $$")]
    [InlineData(141, "sh", "-c", "kill -PIPE $$")]
    public async Task The_exit_code_is_the_childs(int expected, params string[] command) =>
        Assert.Equal(expected, (await RunAsync(["--", .. command])).ExitCode);

    [Fact]
    public async Task A_command_that_cannot_be_started_is_as_in_a_shell()
    {
        var missing = await RunAsync(["--", "no-such-command"]);
        Assert.Equal(127, missing.ExitCode);
        Assert.Contains("cannot start 'no-such-command'", missing.Error, StringComparison.Ordinal);

        var file = Path.Combine(_scratch.Path, "text");
        await File.WriteAllTextAsync(file, "words", Cancellation);
        var notExecutable = await RunAsync(["--", file]);
        Assert.Equal(126, notExecutable.ExitCode);
        Assert.Contains("not executable", notExecutable.Error, StringComparison.Ordinal);

        Assert.Equal((5, "a b\n"), Of(await RunAsync(["--", _scratch.Script("plain", "echo \"$1\"\nexit 5\n"), "a b"])));
    }

    [Fact]
    public async Task Ten_megabytes_pass_unchanged()
    {
        var sent = RandomNumberGenerator.GetBytes(10 * 1024 * 1024);
        using var process = LauncherProgram.Start(LauncherProgram.Path, ["--", "cat"], Environment);
        var write = Task.Run(
            async () =>
            {
                await process.StandardInput.BaseStream.WriteAsync(sent, Cancellation);
                process.StandardInput.Close();
            },
            Cancellation);
        using var received = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(received, Cancellation);
        await write;
        Assert.Equal(0, (await LauncherProgram.EndAsync(process)).ExitCode);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received.ToArray()));
    }

    [Theory]
    [InlineData(15, "TERM")]
    [InlineData(1, "HUP")]
    [InlineData(2, "INT")]
    public async Task A_signal_to_the_launcher_reaches_the_child(int signal, string name)
    {
        using var process = LauncherProgram.Start(
            LauncherProgram.Path, ["--", "bash", "-c", $"trap 'echo got; exit 7' {name}; echo ready; while :; do read -t 0.05 <> <(:); done"], Environment);
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(Cancellation));
        AgentObsProgram.Signal(process, signal);
        Assert.Equal((7, "got\n"), Of(await LauncherProgram.EndAsync(process)));
    }

    [Fact]
    public async Task Ignored_signals_stay_ignored_and_SIGPIPE_does_not_become_so()
    {
        var script = "trap '' HUP; exec \"$0\" -- sed -n 's/^SigIgn:.*\\(....\\)$/\\1/p' /proc/self/status";
        var (exitCode, output) = Of(await LauncherProgram.RunAsync("sh", ["-c", script, LauncherProgram.Path], Environment));
        Assert.Equal((0, "0001\n"), (exitCode, output));
    }

    [Fact]
    public async Task A_child_that_stops_itself_stops_the_launcher()
    {
        using var process = LauncherProgram.Start(LauncherProgram.Path, ["--", "sh", "-c", "kill -STOP $$; echo on"], Environment);
        while (!(await File.ReadAllTextAsync($"/proc/{process.Id}/stat", Cancellation)).Contains(") T ", StringComparison.Ordinal))
        {
            await Task.Delay(5, Cancellation);
        }

        AgentObsProgram.Signal(process, 18);
        Assert.Equal((0, "on\n"), Of(await LauncherProgram.EndAsync(process)));
    }

    [Fact]
    public async Task That_AgentObs_is_absent_is_said_once_by_the_outermost()
    {
        var result = await RunAsync(["--", LauncherProgram.Path, "--", "echo", "hello"]);
        Assert.Equal((0, "hello\n"), Of(result));
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("nothing listens there", line, StringComparison.Ordinal);
        Assert.Contains("agentobs serve", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_AgentObs_that_hangs_holds_nothing_up()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var environment = LauncherProgram.Alone(_scratch.Path);
        environment["AGENTOBS_OTLP_HTTP_URL"] = $"http://127.0.0.1:{((System.Net.IPEndPoint)silent.LocalEndpoint).Port}";
        var result = await LauncherProgram.RunAsync(["--", "echo", "hello"], environment);
        Assert.Equal((0, "hello\n"), Of(result));
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Only_named_variables_change_for_a_program_that_is_no_agent()
    {
        var environment = Environment;
        environment["TRACEPARENT"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        environment["TRACESTATE"] = "vendor=1";
        environment["OTEL_RESOURCE_ATTRIBUTES"] = "team=blue,service.instance.id=mine";
        environment["ODD"] = "\u00fc = \n";
        var direct = Variables((await LauncherProgram.RunAsync("env", ["-0"], environment)).Output);
        var launched = Variables((await LauncherProgram.RunAsync(["--task", "P 1", "--", "env", "-0"], environment)).Output);

        var changed = launched.Where(pair => direct.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal);
        Assert.Empty(changed.Except(["PATH", "BASH_ENV", "TRACEPARENT", "OTEL_RESOURCE_ATTRIBUTES"]).Where(name => !name.StartsWith("AGENTOBS_", StringComparison.Ordinal)));
        Assert.Empty(direct.Keys.Except(launched.Keys));
        Assert.Matches("^00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-00$", launched["TRACEPARENT"]);
        Assert.StartsWith("team=blue,service.instance.id=mine,agentobs.task.id=P%201,agentobs.run.id=", launched["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.Equal("P 1", launched["AGENTOBS_TASK_ID"]);
    }

    public void Dispose() => _scratch.Dispose();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Environment => LauncherProgram.Alone(_scratch.Path);

    private Task<CommandResult> RunAsync(IReadOnlyList<string> arguments) => LauncherProgram.RunAsync(arguments, Environment);

    private static (int ExitCode, string Output) Of(CommandResult result) => (result.ExitCode, result.Output);

    private static Dictionary<string, string> Variables(string output) =>
        output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
