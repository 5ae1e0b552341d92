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
            "/bin/bash", script + Ask + "ask se\nask setup --pro\nask setup --prompts o\nask setup cl\nask engine ''\nask completion z\nask engine install --h\n");
        Assert.Equal((0, "serve setup\n--prompts\noff on\nclaude\ninstall status --help\nzsh\n--help\n"), (exitCode, answers));
    }

    [Fact]
    public async Task Bash_completes_the_command_behind_two_dashes()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "no bash here");
        const string Ask = "PATH=/usr/bin; COMP_WORDS=(agentobs run -- realpat); COMP_CWORD=3; _agentobs; echo \"${COMPREPLY[*]}\"; _command_offset() { echo \"from $1\"; }; _agentobs\n";
        Assert.Equal((0, "realpath\nfrom 3\n"), await RunAsync("/bin/bash", await ScriptAsync("bash") + Ask));
    }

    [Fact]
    public async Task Fish_offers_verbs_options_values_and_commands()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/fish"), "no fish here");
        const string Ask = """
            for line in 'agentobs se' 'agentobs setup --pro' 'agentobs setup --prompts o' 'agentobs engine ' 'agentobs run -- realpat' 'agentobs run --task X -- se'
              echo (complete -C $line | string split -f 1 \t | string match -rv '^(sed|seq|service|select|setarch|set.*id)$')[1..2]
            end

            """;
        var (exitCode, answers) = await RunAsync("/usr/bin/fish", await ScriptAsync("fish") + Ask);
        var lines = answers.Split('\n');
        Assert.Equal(0, exitCode);
        Assert.Equal(["serve setup", "--prompts", "off on", "install status", "realpath"], lines.Take(5));
        Assert.DoesNotContain("serve", lines[5], StringComparison.Ordinal);
    }

    /// <summary>Typed into an interactive zsh: each line ends as its completion does, else the test waits for ever and is ended.</summary>
    [Fact]
    public async Task Zsh_completes_what_is_typed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/zsh"), "no zsh here");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, await ScriptAsync("zsh"), TestContext.Current.CancellationToken);
        var ask = $$"""
            zmodload zsh/zpty
            zpty typed zsh -f -i
            zpty -w typed "PS1=; autoload -Uz compinit; compinit -u -D; source {{file}}; print RE''ADY"
            zpty -r typed seen '*READY*'
            for line in 'doc:agentobs doctor' 'setup --pro:agentobs setup --prompts' 'setup --prompts of:agentobs setup --prompts off' 'run -- realpat:agentobs run -- realpath'; do
              zpty -w -n typed "agentobs ${line%%:*}"$'\t'
              zpty -r typed seen "*${line#*:}*"
              print -r -- "${line#*:}"
              zpty -w -n typed $'\C-u'
            done
            zpty -d typed

            """;
        var (exitCode, answers) = await RunAsync("/usr/bin/zsh", ask, "-f");
        File.Delete(file);
        Assert.Equal((0, "agentobs doctor\nagentobs setup --prompts\nagentobs setup --prompts off\nagentobs run -- realpath\n"), (exitCode, answers));
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, output);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
