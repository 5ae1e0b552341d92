using System.Diagnostics;

namespace AgentObs.Tests.Cli;

/// <summary>What the Tab key offers, in the real shells that are there.</summary>
public sealed class CompletionTests
{
    [Fact]
    public async Task Bash_offers_verbs_options_and_values()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "no bash here");
        var script = await ScriptAsync("bash");
        const string Ask = "ask() { COMP_WORDS=(agentobs \"$@\"); COMP_CWORD=$#; _agentobs; echo \"${COMPREPLY[*]}\"; }\n";
        var (exitCode, answers) = await RunAsync(
            "/bin/bash", script + Ask + "ask se\nask setup --pro\nask setup --prompts o\nask setup cl\nask engine ''\nask completion z\nask run -- ser\nask engine install --h\n");
        Assert.Equal((0, "serve setup\n--prompts\noff on\nclaude\ninstall status --help\nzsh\n\n--help\n"), (exitCode, answers));
    }

    [Theory]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Scripts_of_other_shells_are_read_by_them(string shell)
    {
        var script = await ScriptAsync(shell);
        foreach (var word in new[] { "serve", "setup", "prompts", "completion" })
        {
            Assert.Contains(word, script, StringComparison.Ordinal);
        }

        Assert.SkipUnless(File.Exists($"/usr/bin/{shell}"), $"no {shell} here");
        Assert.Equal(0, (await RunAsync($"/usr/bin/{shell}", script, "-n")).ExitCode);
    }

    private static async Task<string> ScriptAsync(string shell)
    {
        var printed = await AgentObsProgram.RunAsync(["completion", shell], new Dictionary<string, string>());
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        return printed.Output;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string shell, string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(shell, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteAsync(script);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
