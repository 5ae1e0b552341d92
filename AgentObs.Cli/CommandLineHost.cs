using System.CommandLine;
using AgentObs.Cli.Commands;

namespace AgentObs.Cli;

/// <summary>Reads the arguments, runs the verb, turns failures into messages and exit codes.</summary>
internal static class CommandLineHost
{
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error)
    {
        _ = Invocation.StartFolder;
        var parsed = Commands().Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not ExamplesHelpAction)
        {
            foreach (var problem in UsageProblems.Of(parsed))
            {
                await error.WriteLineAsync($"agentobs: {problem}");
            }

            await error.WriteLineAsync($"Next: {CommandPath(parsed)} --help");
            return ExitCode.Usage;
        }

        // Ctrl+C is each verb's own business: `serve` drains, the others stop at the cancelled token.
        using var interrupt = new Interrupt();
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, interrupt.Token);
        }
        catch (CommandException failure)
        {
            await error.WriteLineAsync($"agentobs: {failure.Message}");
            foreach (var next in failure.Next)
            {
                await error.WriteLineAsync($"Next: {next}");
            }

            return failure.ExitCode;
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            // A defect of ours: the whole of it, for the report, and an exit code instead of an abort.
            await error.WriteLineAsync($"agentobs: unexpected: {unexpected}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await error.WriteLineAsync("agentobs: stopped before it was done.");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Commands()
    {
        var root = new RootCommand("AgentObs shows what the coding agents on this machine are doing, as one tree.")
        {
            new ServeCommand(),
            new RunCommand(),
            new DemoCommand(),
            new ReplayCommand(),
            new SetupCommand(),
            new DoctorCommand(),
            new CheckCommand(),
            new RetentionCommand(),
            new BackupCommand(),
            new RestoreCommand(),
            new CompletionCommand(),
            new Command("engine", "The embedded ClickHouse engine.") { new EngineInstallCommand(), new EngineStatusCommand() },
        };
        ExamplesHelpAction.Install(root);
        return root;
    }

    private static string CommandPath(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, command.Command is RootCommand ? "agentobs" : command.Command.Name);
        }

        return string.Join(' ', names);
    }
}
