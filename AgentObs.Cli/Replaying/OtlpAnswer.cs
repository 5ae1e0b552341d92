namespace AgentObs.Cli.Replaying;

/// <summary>What the server said to an accepted request.</summary>
/// <param name="Refused">Records of the request that it did not store.</param>
/// <param name="Message">Why it did not; empty when all was stored.</param>
internal readonly record struct OtlpAnswer(long Refused, string Message);
