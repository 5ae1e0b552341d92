namespace AgentObs.Cli.Rewriting;

/// <summary>How many records a request holds.</summary>
internal sealed class OtlpCounts : IOtlpVisitor
{
    public int Spans { get; private set; }

    public int Logs { get; private set; }

    public int Points { get; private set; }

    public void Record(OtlpRecord kind)
    {
        Spans += kind == OtlpRecord.Span ? 1 : 0;
        Logs += kind == OtlpRecord.Log ? 1 : 0;
        Points += kind == OtlpRecord.Point ? 1 : 0;
    }
}
