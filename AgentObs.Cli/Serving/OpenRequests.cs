using System.Collections.Concurrent;

namespace AgentObs.Cli.Serving;

/// <summary>
/// Ends requests that would hold the shutdown up: event streams and the sockets of open pages never end by themselves. OTLP requests
/// are short, and their senders wait for the commit: they are left to finish.
/// </summary>
internal sealed class OpenRequests
{
    private readonly ConcurrentDictionary<HttpContext, byte> _open = new();

    public async Task TrackAsync(HttpContext context, RequestDelegate next)
    {
        _open.TryAdd(context, 0);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }

    /// <returns>How many were ended.</returns>
    public int EndAll()
    {
        var ended = 0;
        foreach (var context in _open.Keys)
        {
            context.Abort();
            ended++;
        }

        return ended;
    }
}
