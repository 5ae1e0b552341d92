using AgentObs.Cli;

return await CommandLineHost.RunAsync(args, Console.Out, Console.Error);
