namespace AgentObs.Tests.Cli;

/// <summary>What a verb left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error);
