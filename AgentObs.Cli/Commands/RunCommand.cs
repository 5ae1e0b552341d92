using System.CommandLine;
using AgentObs.Launcher;

namespace AgentObs.Cli.Commands;

/// <summary>
/// <c>agentobs run</c> as help and completion list it. A right command line never comes here: <see cref="LauncherHandover"/> is asked first.
/// </summary>
internal sealed class RunCommand : Verb
{
    public RunCommand()
        : base(
            "run",
            "Starts an agent (or any command) so that it shows in AgentObs: with its exit code, its task and all that it starts.",
            "agentobs run -- claude",
            "agentobs run --task PROJ-7 --title 'Login fails' -- codex exec 'fix the login'",
            "agentobs run --role reviewer -- make test")
    {
        With(new Option<string>("--task") { Description = "Id of the task that it works on: PROJ-7" });
        With(new Option<string>("--title") { Description = "The task's title" });
        With(new Option<string>("--url") { Description = "Where the task is described" });
        With(new Option<string>("--role") { Description = "What it does in the task: reviewer" });
        Arguments.Add(new Argument<string[]>("COMMAND") { Description = "The command and its arguments, best behind --", Arity = ArgumentArity.OneOrMore });
    }

    protected override Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows())
        {
            throw CommandException.Usage(RunArguments.NotOnWindows);
        }

        return RunArguments.Read([.. parsed.Tokens.Skip(1).Select(token => token.Value)], out var problem) is { } arguments
            ? Task.FromResult(Launch.Run(arguments))
            : throw CommandException.Usage(problem, Invocation.Of("run --help"));
    }
}
