using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>A signal's limits beside what is stored.</summary>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="MaxDays">Null for ever.</param>
/// <param name="MaxBytes">Null without limit.</param>
/// <param name="Rows">Rows stored, repeated ones counted.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Oldest">The first receipt among them; null where nothing is stored.</param>
public sealed record SignalRetention(string Signal, int? MaxDays, long? MaxBytes, long Rows, long Bytes, UnixNano? Oldest);
