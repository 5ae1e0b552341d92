using AgentObs.Cli;

namespace AgentObs.Tests.Cli;

/// <summary>Replay, check and demo against a running AgentObs.</summary>
public sealed class ReplayTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>
{
    private const string RecordedSession = "claude-bash";

    [Fact]
    public async Task Check_sends_a_span_and_reads_it_back()
    {
        var result = await RunAsync("check");

        Assert.Equal((ExitCode.Ok, ""), (result.ExitCode, result.Error));
        Assert.Contains("One span was sent", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude-bash")]
    [InlineData("codex-standalone-httpbin")]
    [InlineData("codex-standalone-httpjson")]
    public async Task Recordings_of_every_protocol_are_taken(string name)
    {
        var result = await RunAsync("replay", Recording(name), "--now");

        Assert.Equal(ExitCode.Ok, result.ExitCode);
        Assert.Contains(name, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_delete_replay_is_the_same_again()
    {
        await ReplayAsync();
        var id = await RecordedBytes.SessionIdAsync(RecordedSession);
        var session = Assert.Single(await SessionsAsync(), one => one.Id == id);

        using var deleted = await serve.Http.DeleteAsync(new Uri($"/api/sessions/{session.Id}", UriKind.Relative), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.DoesNotContain(await SessionsAsync(), one => one.Id == session.Id);

        await ReplayAsync();
        Assert.Contains(session, await SessionsAsync());

        async Task ReplayAsync() => Assert.Equal(ExitCode.Ok, (await RunAsync("replay", Recording(RecordedSession))).ExitCode);
    }

    [Fact]
    public async Task Without_a_running_one_the_command_that_starts_it_is_named()
    {
        var nowhere = Directory.CreateTempSubdirectory("agentobs-nowhere-");
        var environment = new Dictionary<string, string>
        {
            ["AGENTOBS_DATA"] = nowhere.FullName,
            ["AGENTOBS_WEB_URL"] = "http://127.0.0.1:9",
            ["AGENTOBS_OTLP_GRPC_URL"] = "http://127.0.0.1:9",
            ["AGENTOBS_OTLP_HTTP_URL"] = "http://127.0.0.1:9",
        };
        foreach (var arguments in (string[][])[["check"], ["demo"], ["replay", Recording("claude-bash")], ["replay", Recording("claude-bash-http")]])
        {
            var result = await AgentObsProgram.RunAsync(arguments, environment);

            Assert.Equal(ExitCode.Failed, result.ExitCode);
            Assert.Contains("serve", result.Error, StringComparison.Ordinal);
        }

        nowhere.Delete();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Recording(string name) => Path.Combine(AgentObsProgram.Root, "recordings", name);

    private Task<CommandResult> RunAsync(params string[] arguments) => AgentObsProgram.RunAsync(arguments, serve.ClientEnvironment);

    private Task<List<SeenSession>> SessionsAsync() => SeenSession.AllAsync(serve);
}
