namespace AgentObs.Ingest;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Table}: the commit of {Requests} requests failed")]
    public static partial void CommitFailed(ILogger logger, string table, int requests, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "{Table}: {Requests} requests are committed one by one, because together they failed: {Reason}")]
    public static partial void CommitRetriedApart(ILogger logger, string table, int requests, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "{Client}: {Signal} refused, {Outcome}: {Reason}")]
    public static partial void Refused(ILogger logger, string client, string signal, string outcome, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "{Client}: {Rejected} records of a {Signal} request were not stored: {Reason}")]
    public static partial void Rejected(ILogger logger, string client, int rejected, string signal, string reason);
}
