using AgentObs.Cli;

namespace AgentObs.Tests.Cli;

/// <summary>
/// The demo, with nothing else in the store: another codex of the same minutes could as well be where the runtime traces without an id come from,
/// and some of them would be shown there.
/// </summary>
public sealed class DemoTests(AgentObsProcess serve) : IClassFixture<AgentObsProcess>
{
    [Fact]
    public async Task The_demo_comes_goes_and_comes_again()
    {
        var first = await DemoAsync();
        Assert.Equal((3, 1719), (first.AgentRuns, first.Spans));
        Assert.Equal(first, await DemoAsync());

        var cleared = await RunAsync("demo", "--clear");
        Assert.Equal(ExitCode.Ok, cleared.ExitCode);
        Assert.DoesNotContain(await SeenSession.AllAsync(serve), session => session.Id == first.Id);

        Assert.Equal(first, await DemoAsync());
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => AgentObsProgram.RunAsync(arguments, serve.ClientEnvironment);

    private async Task<SeenSession> DemoAsync()
    {
        var result = await RunAsync("demo", "--no-open");
        Assert.Equal(ExitCode.Ok, result.ExitCode);
        return Assert.Single(await SeenSession.AllAsync(serve), one => result.Output.Contains(one.Id, StringComparison.Ordinal));
    }
}
