namespace AgentObs.Ingest;

internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Warning, "{Table}: the commit of {Requests} requests failed")]
    public static partial void CommitFailed(ILogger logger, string table, int requests, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "{Table}: {Requests} requests are committed one by one, because together they failed: {Reason}")]
    public static partial void CommitRetriedApart(ILogger logger, string table, int requests, string reason);

    [LoggerMessage(2002, LogLevel.Warning, "{Client}: {Signal} refused, {Outcome}: {Reason}")]
    public static partial void Refused(ILogger logger, string client, string signal, string outcome, string reason);

    [LoggerMessage(2004, LogLevel.Error, "{Client}: a {Signal} request could not be decoded, which is a defect of AgentObs")]
    public static partial void DecoderFailed(ILogger logger, string client, string signal, Exception exception);

    [LoggerMessage(2003, LogLevel.Warning, "{Client}: {Rejected} records of a {Signal} request were not stored: {Reason}")]
    public static partial void Rejected(ILogger logger, string client, int rejected, string signal, string reason);

    [LoggerMessage(2005, LogLevel.Warning, "Forwarding {Signal} to {Target} fails; what does not get there is counted at /api/ingest: {Reason}")]
    public static partial void ForwardingFails(ILogger logger, string signal, Uri target, string reason);

    [LoggerMessage(2006, LogLevel.Warning, "Forwarding {Signal} to {Target} works again")]
    public static partial void ForwardingWorks(ILogger logger, string signal, Uri target);

    /// <summary>At debug: kinds and counts, never the text.</summary>
    public static void Redacted(ILogger logger, string client, string signal, IReadOnlyDictionary<string, long> kinds)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Redacted(logger, client, signal, kinds.Values.Sum(), string.Join(", ", kinds.Select(k => $"{k.Key} {k.Value}")));
        }
    }

    [LoggerMessage(2010, LogLevel.Debug, "{Client}: {Count} secrets were taken out of a {Signal} request: {Kinds}")]
    private static partial void Redacted(ILogger logger, string client, string signal, long count, string kinds);
}
