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

    [Fact]
    public async Task A_run_shows_while_it_goes_on()
    {
        using var process = LauncherProgram.Start(LauncherProgram.Path, ["--task", "LAUNCH-OPEN", "--", "sh", "-c", "read line; exit 6"], serve.ClientEnvironment);
        var open = await RunOfTaskAsync("LAUNCH-OPEN");
        Assert.Equal((JsonValueKind.Null, "unset"), (open.GetProperty("exitCode").ValueKind, Text(open, "status")));
        Assert.Equal("running", await LaunchedSession.StateAsync(serve, "LAUNCH-OPEN"));

        await process.StandardInput.WriteLineAsync();
        Assert.Equal(6, (await LauncherProgram.EndAsync(process)).ExitCode);
        var ended = await RunOfTaskAsync("LAUNCH-OPEN");
        while (ended.GetProperty("exitCode").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
            ended = await RunOfTaskAsync("LAUNCH-OPEN");
        }

        Assert.Equal((Text(open, "id"), 6), (Text(ended, "id"), ended.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task A_run_whose_launcher_was_killed_shows_without_exit_code()
    {
        using var process = LauncherProgram.Start(LauncherProgram.Path, ["--task", "LAUNCH-KILLED", "--", "cat"], serve.ClientEnvironment);
        await RunOfTaskAsync("LAUNCH-KILLED");
        AgentObsProgram.Signal(process, AgentObsProgram.Sigkill);
        process.StandardInput.Close();
        Assert.Equal(128 + AgentObsProgram.Sigkill, (await LauncherProgram.EndAsync(process)).ExitCode);

        var run = await RunOfTaskAsync("LAUNCH-KILLED");
        Assert.Equal((JsonValueKind.Null, "cat"), (run.GetProperty("exitCode").ValueKind, Text(run, "detail")));
    }

    [Fact]
    public async Task A_sender_that_cannot_wait_is_answered_when_its_request_came()
    {
        var run = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"agentobs.run","startTimeUnixNano":"1795000000000000000","endTimeUnixNano":"1795000001000000000","attributes":[{"key":"agentobs.task.id","value":{"stringValue":"LAUNCH-ASYNC"}}]}]}]}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(serve.OtlpHttp, "v1/traces"));
        request.Headers.Add("Prefer", "respond-async");
        request.Content = new StringContent(run, System.Text.Encoding.UTF8, "application/json");
        using var answer = await serve.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal("process", Text(await RunOfTaskAsync("LAUNCH-ASYNC"), "agent"));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<JsonElement> RunOfTaskAsync(string task) =>
        Assert.Single(await LaunchedSession.NodesAsync(serve, task), node => Text(node, "kind") == "agent_run");
}
