namespace AgentObs.Query;

internal readonly record struct SpanRowLink(string TraceId, string SpanId, string TraceState, AttributeMap Attributes);
