using AgentObs.Conventions;

namespace AgentObs.Query;

/// <summary>Runs a pass a minute after the start and every hour. One that fails is tried again at the next time.</summary>
internal sealed class RetentionService(RetentionPass pass, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    internal static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Null before the first one.</summary>
    public UnixNano? LastCheck { get; private set; }

    /// <summary>Null where the last check ended well.</summary>
    public string? LastError { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var next = First; ; next = Interval)
        {
            await Task.Delay(next, time, stoppingToken);
            try
            {
                await pass.RunAsync(stoppingToken);
                LastError = null;
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LastError = error.Message;
                Log.RetentionFailed(logger, Interval, error);
            }

            LastCheck = UnixNano.FromDateTimeOffset(time.GetUtcNow());
        }
    }
}
