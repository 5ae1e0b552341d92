namespace AgentObs.Cli.Serving;

/// <summary>The process that listens on a port.</summary>
/// <param name="Name">Its program's name; for <c>dotnet agentobs.dll</c> that of the program that dotnet runs.</param>
internal sealed record PortHolder(int Pid, string Name)
{
    public bool IsAgentObs => Name.Equals("agentobs", StringComparison.OrdinalIgnoreCase);
}
