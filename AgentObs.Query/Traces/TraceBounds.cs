namespace AgentObs.Query;

/// <summary>Start and end in Unix nanoseconds.</summary>
internal sealed record TraceBounds(string TraceId, long Start, long End);
