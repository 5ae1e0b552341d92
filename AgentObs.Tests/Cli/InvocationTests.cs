using AgentObs.Cli;

namespace AgentObs.Tests.Cli;

/// <summary>Commands that messages name can be typed where the user stands.</summary>
public sealed class InvocationTests
{
    [Fact]
    public async Task In_the_repository_the_project_is_named_and_elsewhere_its_whole_path()
    {
        Assert.Contains("Next: dotnet run --project AgentObs.Cli -- restore --help", await ErrorAsync(AgentObsProgram.Root), StringComparison.Ordinal);
        Assert.Contains(
            $"Next: dotnet run --project {Path.Combine(AgentObsProgram.Root, "AgentObs.Cli")} -- restore --help", await ErrorAsync(Path.GetTempPath()), StringComparison.Ordinal);
    }

    private static async Task<string> ErrorAsync(string folder)
    {
        var refused = await AgentObsProgram.RunAsync(["restore", "no-such-file"], new Dictionary<string, string>(), workingFolder: folder);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        return refused.Error;
    }
}
