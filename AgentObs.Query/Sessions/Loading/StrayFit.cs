namespace AgentObs.Query;

/// <summary>Which runs a stray trace may come from, by service and time.</summary>
/// <param name="RunId">The best one: it decides which session shows the stray, also where several fit.</param>
/// <param name="RunIds">Every run that fits.</param>
internal sealed record StrayFit(Stray Stray, string RunId, IReadOnlySet<string> RunIds);
