using System.Text.Json;
using AgentObs.Tests.Cli;

namespace AgentObs.Tests.Launcher;

/// <summary>What a running AgentObs shows of launched commands.</summary>
public sealed class LaunchedRunTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>
{
    [Theory]
    [InlineData("launcher")]
    [InlineData("agentobs run")]
    public async Task A_failed_command_shows_with_exit_code_task_and_command(string how)
    {
        var task = "LAUNCH-" + how.Length;
        string[] arguments = ["--task", task, "--title", "Mend it", "--role", "builder", "--", "sh", "-c", "exit 4"];
        var result = how == "launcher"
            ? await LauncherProgram.RunAsync(arguments, serve.ClientEnvironment)
            : await AgentObsProgram.RunAsync(["run", .. arguments], serve.ClientEnvironment);
        Assert.Equal((4, ""), (result.ExitCode, result.Output));

        var run = await RunOfTaskAsync(task);
        Assert.Equal(("process", 4, "error", "exit code 4"), (Text(run, "agent"), run.GetProperty("exitCode").GetInt32(), Text(run, "status"), Text(run, "error")));
        Assert.Equal("sh -c 'exit 4'", Text(run, "detail"));
    }

    [Fact]
    public async Task What_a_signal_ended_and_what_could_not_start_shows()
    {
        await LauncherProgram.RunAsync(["--task", "LAUNCH-KILL", "--", "sh", "-c", "kill -KILL $$"], serve.ClientEnvironment);
        Assert.Equal("killed by SIGKILL", Text(await RunOfTaskAsync("LAUNCH-KILL"), "error"));

        await LauncherProgram.RunAsync(["--task", "LAUNCH-MISSING", "--", "no-such-command"], serve.ClientEnvironment);
        Assert.Equal("there is no such command", Text(await RunOfTaskAsync("LAUNCH-MISSING"), "error"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<JsonElement> RunOfTaskAsync(string task) =>
        Assert.Single(await LaunchedSession.NodesAsync(serve, task), node => Text(node, "kind") == "agent_run");
}
