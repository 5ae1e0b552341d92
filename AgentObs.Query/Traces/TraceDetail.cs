namespace AgentObs.Query;

/// <summary>Answer of <c>GET /api/traces/{traceId}</c>: every span, by start.</summary>
public sealed record TraceDetail(string TraceId, IReadOnlyList<SpanDetail> Spans);
