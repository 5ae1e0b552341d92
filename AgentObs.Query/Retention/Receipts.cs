namespace AgentObs.Query;

/// <summary>What of a signal goes with a minute of receipt.</summary>
/// <param name="Minute">Minutes since 1970.</param>
/// <param name="Bytes">Share of the bytes on disk.</param>
internal readonly record struct Receipts(long Minute, double Bytes);
