using AgentObs.Launcher;

if (OperatingSystem.IsWindows())
{
    await Console.Error.WriteLineAsync("agentobs: " + RunArguments.NotOnWindows);
    return RunArguments.UsageExitCode;
}

if (RunArguments.Read(args, out var problem) is { } arguments)
{
    return Launch.Run(arguments);
}

StandardError.Say(problem.Length > 0 ? problem : "usage: agentobs-launcher [--task ID] [--title T] [--url U] [--role R] -- COMMAND [ARGUMENT...]");
return RunArguments.UsageExitCode;
