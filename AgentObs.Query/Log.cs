namespace AgentObs.Query;

/// <summary>Event ids 3000 to 3999.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "{Path}: no answer")]
    public static partial void RequestFailed(ILogger logger, string path, Exception error);

    [LoggerMessage(3001, LogLevel.Error, "{Path}: the answer broke off after it had begun")]
    public static partial void AnswerBrokeOff(ILogger logger, string path, Exception error);

    [LoggerMessage(3010, LogLevel.Error, "Session {SessionId} could not be projected; it is tried again when more of it arrives or after {RetryAfter}")]
    public static partial void SessionFailed(ILogger logger, string sessionId, TimeSpan retryAfter, Exception error);

    [LoggerMessage(3011, LogLevel.Error, "Sessions could not be projected; trying again in {RetryAfter}")]
    public static partial void ProjectionFailed(ILogger logger, TimeSpan retryAfter, Exception error);

    [LoggerMessage(3012, LogLevel.Information, "Projected {Sessions} sessions from what was received since {Since}")]
    public static partial void Projected(ILogger logger, int sessions, string since);

    [LoggerMessage(3013, LogLevel.Warning, "The links of {Runs} runs do not end after {Rounds} rounds; their sessions are made from what was found")]
    public static partial void LinksTooDeep(ILogger logger, int runs, int rounds);

    [LoggerMessage(3014, LogLevel.Information, "Session {SessionId} was deleted: {Runs} runs, {Traces} traces")]
    public static partial void SessionDeleted(ILogger logger, string sessionId, int runs, int traces);

    [LoggerMessage(3015, LogLevel.Debug, "An answer was given after {Waited} without all that was stored before it")]
    public static partial void CatchUpLate(ILogger logger, TimeSpan waited);

    [LoggerMessage(3020, LogLevel.Warning, "Retention dropped {Rows} rows of {Signal} ({Bytes} bytes) because of their {Reason}: they were received before {Before:u}")]
    public static partial void Dropped(ILogger logger, ulong rows, string signal, ulong bytes, string reason, DateTimeOffset before);

    [LoggerMessage(3021, LogLevel.Error, "Retention failed; the next try is in {RetryAfter}")]
    public static partial void RetentionFailed(ILogger logger, TimeSpan retryAfter, Exception error);
}
