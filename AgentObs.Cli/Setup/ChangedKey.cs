namespace AgentObs.Cli.Setup;

/// <summary>A key that setup set or took away.</summary>
/// <param name="Name">The key.</param>
/// <param name="Before">Its value as the file wrote it; null where it was not set.</param>
/// <param name="Wrote">What setup wrote; null where it took the key away.</param>
internal sealed record ChangedKey(string Name, string? Before, string? Wrote);
