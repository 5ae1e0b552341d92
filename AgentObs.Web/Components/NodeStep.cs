namespace AgentObs.Web.Components;

public sealed record NodeStep(string Id, string Name, string Kind);
