namespace AgentObs.Cli.Replaying;

/// <summary>The requests of one folder, in the order in which they were sent.</summary>
internal sealed record Recording(string Name, IReadOnlyList<RecordedRequest> Requests);
