namespace AgentObs.Cli.Rewriting;

internal enum OtlpRecord
{
    None,
    Span,
    Log,
    Point,
}
