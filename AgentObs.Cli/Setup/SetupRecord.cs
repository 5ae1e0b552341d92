namespace AgentObs.Cli.Setup;

/// <summary><c>setup.json</c> of the data folder (mode 0600): what <c>agentobs setup</c> changed, so that <c>--undo</c> can take it back.</summary>
/// <param name="Files">One entry a changed file.</param>
internal sealed record SetupRecord(IReadOnlyList<ChangedFile> Files);
