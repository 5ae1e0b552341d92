using AgentObs.Conventions;

namespace AgentObs.Query;

internal readonly record struct SpanRowEvent(UnixNano Time, string Name, AttributeMap Attributes);
