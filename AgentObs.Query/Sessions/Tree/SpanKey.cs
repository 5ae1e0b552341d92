namespace AgentObs.Query;

/// <summary>A span's identity.</summary>
internal readonly record struct SpanKey(string TraceId, string SpanId)
{
    /// <summary>Id of the node of this span, received or not: <c>0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331</c>.</summary>
    public string NodeId => $"{TraceId}-{SpanId}";
}
