namespace AgentObs.Tests.RealClients;

/// <summary>One after the other, and beside nothing else: each has the default ports, and both cores.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;
