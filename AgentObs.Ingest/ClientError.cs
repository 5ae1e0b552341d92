namespace AgentObs.Ingest;

/// <summary>What a client was last told.</summary>
/// <param name="Client">Its User-Agent.</param>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="Message">Names field and place.</param>
/// <param name="Time">ISO 8601 UTC with nanoseconds.</param>
public sealed record ClientError(string Client, string Signal, string Message, string Time);
