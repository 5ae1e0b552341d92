namespace AgentObs.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Skipped">Why it did not look; null where it did.</param>
internal sealed record Examination(string Area, IReadOnlyList<Finding> Findings, string? Skipped);
