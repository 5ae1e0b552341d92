using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>What one kind of program sent since a time. Repeated requests count twice.</summary>
/// <param name="Client"><c>claude-code</c>, <c>codex</c>, <c>agentobs-launcher</c>, else its <c>service.name</c>.</param>
/// <param name="Services">The <c>service.name</c>s it came under, at most 8.</param>
/// <param name="LogsInTraces">Log records that name a trace.</param>
/// <param name="LogsUnsampled">Of them, those whose trace is not sampled: no span of it will come.</param>
/// <param name="LastSpan">Receipt of the last span; null where none came.</param>
/// <param name="LastLog">Receipt of the last log record; null where none came.</param>
/// <param name="LastPoint">Receipt of the last metric point; null where none came.</param>
/// <param name="DelayNano">Receipt minus the sender's own time, median over spans, else over log records: seconds where its clock is right.</param>
public sealed record ClientSummary(
    string Client,
    IReadOnlyList<string> Services,
    long Spans,
    long Logs,
    long LogsInTraces,
    long LogsUnsampled,
    long Points,
    UnixNano? LastSpan,
    UnixNano? LastLog,
    UnixNano? LastPoint,
    long? DelayNano);
