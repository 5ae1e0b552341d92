using AgentObs.Cli;
using AgentObs.Cli.Commands;

// `agentobs run` stands before an agent at each start: it is handed over before anything of the command line is loaded.
return args is ["run", .. var rest] && LauncherHandover.Run(rest) is { } exitCode
    ? exitCode
    : await CommandLineHost.RunAsync(args, Console.Out, Console.Error);
