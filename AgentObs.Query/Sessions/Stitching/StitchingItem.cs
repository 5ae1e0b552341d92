namespace AgentObs.Query;

/// <summary>One open question about a session's tree.</summary>
/// <param name="NodeId">The node it is about: of a missing parent that is no node, the one that its spans are counted in.</param>
/// <param name="Reason">In words, for a reader.</param>
/// <param name="Count">Spans or records concerned; 1 for a single node.</param>
public sealed record StitchingItem(string NodeId, string Name, string Reason, int Count, string? TraceId = null, string? SpanId = null);
