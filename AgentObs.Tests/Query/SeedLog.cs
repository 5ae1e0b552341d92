namespace AgentObs.Tests.Query;

/// <summary>A log record for a test's table.</summary>
internal sealed record SeedLog(long Time, string Event)
{
    public string TraceId { get; init; } = "";
    public string SpanId { get; init; } = "";
    public string Body { get; init; } = "";
    public int Severity { get; init; }
    public string Session { get; init; } = "";
    public string Note { get; init; } = "";
    public long ReceivedAt { get; init; }
}
