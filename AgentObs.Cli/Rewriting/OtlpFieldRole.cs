namespace AgentObs.Cli.Rewriting;

internal enum OtlpFieldRole
{
    Other,
    Id,
    Time,
    Text,
    Key,
    Message,
}
