using System.CommandLine;
using AgentObs.Cli.Completion;

namespace AgentObs.Cli.Commands;

/// <summary><c>agentobs completion</c>: prints what a shell needs to complete verbs, options and values.</summary>
internal sealed class CompletionCommand : Verb
{
    private readonly Argument<string> _shell = new("shell") { Description = string.Join(", ", CompletionScript.Shells) };

    public CompletionCommand()
        : base(
            "completion",
            "Prints the completion of a shell: verbs, options and values at the Tab key.",
            "source <(agentobs completion bash)   # in ~/.bashrc",
            "source <(agentobs completion zsh)   # in ~/.zshrc, behind compinit",
            "agentobs completion fish > ~/.config/fish/completions/agentobs.fish")
    {
        _shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        Arguments.Add(_shell);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        await parsed.InvocationConfiguration.Output.WriteAsync(CompletionScript.For(parsed.GetValue(_shell)!, (RootCommand)parsed.RootCommandResult.Command));
        return ExitCode.Ok;
    }
}
