using AgentObs.Cli;

namespace AgentObs.Tests.Cli;

/// <summary>Rules that every verb keeps.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => ["", "serve", "run", "demo", "replay", "check", "setup", "doctor", "retention", "backup", "restore", "completion", "engine", "engine install", "engine status"];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_has_examples(string verb)
    {
        var (exitCode, output, error) = await RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal(ExitCode.Ok, exitCode);
        Assert.Contains("Examples:", output, StringComparison.Ordinal);
        Assert.Contains($"agentobs {verb}".Trim(), output[output.IndexOf("Examples:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("bogus", "agentobs --help")]
    [InlineData("replay", "agentobs replay --help")]
    [InlineData("replay x --speed 0", "--speed 1")]
    [InlineData("engine", "agentobs engine --help")]
    [InlineData("run", "run --help")]
    [InlineData("run --taks P-1 -- true", "run --help")]
    public async Task Wrong_usage_is_exit_code_2_with_the_next_command(string arguments, string next)
    {
        var (exitCode, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Equal(ExitCode.Usage, exitCode);
        Assert.Empty(output);
        Assert.Contains(next, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctr", "agentobs: 'doctr' is not known here. Did you mean 'doctor'?\nNext: agentobs --help\n")]
    [InlineData("bogus", "agentobs: 'bogus' is not known here.\nNext: agentobs --help\n")]
    [InlineData("engine instal", "agentobs: 'instal' is not known here. Did you mean 'install'?\nNext: agentobs engine --help\n")]
    [InlineData("doctor --jsn", "agentobs: '--jsn' is not known here. Did you mean '--json'?\nNext: agentobs doctor --help\n")]
    [InlineData("setup gemini", "agentobs: Argument 'gemini' not recognized. Must be one of: 'claude' 'codex'\nNext: agentobs setup --help\n")]
    [InlineData("run", "agentobs: Required argument 'COMMAND' missing for command: 'run'.\nNext: agentobs run --help\n")]
    public async Task What_is_wrong_is_said_once(string arguments, string message) =>
        Assert.Equal((ExitCode.Usage, "", message), await RunAsync(arguments.Split(' ')));

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLineHost.RunAsync(arguments, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
