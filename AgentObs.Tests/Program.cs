using AgentObs.Tests.Storage;
using Xunit.Runner.InProc.SystemConsole;

return args is [StorageProcess.Verb, ..] ? await StorageProcess.RunAsync(args[1], args[2]) : await ConsoleRunner.Run(args);
