namespace AgentObs.Web;

internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Debug, "A page was opened; {Open} open")]
    public static partial void PageOpened(ILogger logger, int open);

    [LoggerMessage(4001, LogLevel.Debug, "A page was closed; {Open} open")]
    public static partial void PageClosed(ILogger logger, int open);

    [LoggerMessage(4002, LogLevel.Error, "A part of the page failed and was replaced by a message")]
    public static partial void PartFailed(ILogger logger, Exception exception);
}
