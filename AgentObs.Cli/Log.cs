namespace AgentObs.Cli;

/// <summary>All events of the command line's host.</summary>
internal static partial class Log
{
    [LoggerMessage(5001, LogLevel.Information, "Stopping: {Reason}")]
    public static partial void Stopping(ILogger logger, string reason);

    [LoggerMessage(5002, LogLevel.Information, "{Count} requests were still open when stopping and were ended")]
    public static partial void EndedRequests(ILogger logger, int count);
}
