using AgentObs.Benchmarks.Ingest;

namespace AgentObs.Benchmarks.Forwarding;

/// <summary>One target and what it cost.</summary>
/// <param name="Name">Of the target.</param>
/// <param name="Measured">Without the warm-up.</param>
/// <param name="Acknowledged">Spans, warm-up included.</param>
/// <param name="Stored">Rows of spans, as <c>/api/ingest</c> counts them.</param>
/// <param name="PeakMegabytes">Of the server.</param>
/// <param name="Forwarded">Requests sent, attempts made again, requests dropped, megabytes that wait.</param>
/// <param name="Load">Of the last minute.</param>
internal sealed record ForwardRun(string Name, Measured Measured, long Acknowledged, long Stored, double PeakMegabytes, string Forwarded, string Load);
