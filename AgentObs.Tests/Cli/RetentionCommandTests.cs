namespace AgentObs.Tests.Cli;

public sealed class RetentionCommandTests
{
    [Fact]
    public async Task It_shows_the_limits_that_serve_was_given()
    {
        await using var serve = await AgentObsProcess.StartAsync(environment: new() { ["AGENTOBS_RETENTION_DAYS"] = "90,logs=7", ["AGENTOBS_RETENTION_GB"] = "0,traces=1.5" });
        var shown = await AgentObsProgram.RunAsync(["retention"], serve.ClientEnvironment);
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        foreach (var text in (string[])["90 days", "7 days", "1.5 GB", "no limit", "Nothing was dropped."])
        {
            Assert.Contains(text, shown.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_limit_that_is_none_ends_serve_with_the_setting_and_the_fix()
    {
        var folder = Directory.CreateTempSubdirectory("agentobs-test-");
        try
        {
            var refused = await AgentObsProgram.RunAsync(["serve"], new Dictionary<string, string>(AgentObsProcess.FreePorts(folder.FullName)) { ["AGENTOBS_RETENTION_DAYS"] = "a year" });
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("AGENTOBS_RETENTION_DAYS is 'a year'", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
