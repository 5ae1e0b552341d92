namespace AgentObs.Ingest;

/// <summary>What a client was last told.</summary>
/// <param name="Client">Its User-Agent.</param>
/// <param name="Signal">traces, logs or metrics.</param>
/// <param name="Reason">What became of the request: <c>Undecodable</c>, <c>TooLarge</c>, ...; <c>Rejected</c> where it was stored without some records.</param>
/// <param name="Message">Names field and place, and what to do.</param>
/// <param name="Count">Errors of this client so far.</param>
/// <param name="Time">ISO 8601 UTC with nanoseconds.</param>
public sealed record ClientError(string Client, string Signal, string Reason, string Message, long Count, string Time);
