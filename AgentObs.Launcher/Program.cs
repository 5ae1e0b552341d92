using AgentObs.Launcher;

if (args is not ["--", var command, .. var arguments])
{
    await Console.Error.WriteLineAsync("usage: agentobs-launcher -- COMMAND [ARGUMENT...]");
    return 2;
}

return await LaunchedProcess.RunAsync(command, arguments);
