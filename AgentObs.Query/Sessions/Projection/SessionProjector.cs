using AgentObs.Storage;

namespace AgentObs.Query;

/// <summary>
/// Runs a projection pass after every commit, and at once when somebody asks. Commits that come in a row share a pass. Without commits it
/// looks by itself now and then: with a server others write too.
/// </summary>
internal sealed class SessionProjector(
    ClickHouseStore store, SessionProjection projection, ProjectionGate gate, TimeProvider time, ILogger<SessionProjector> logger) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// After a pass that nobody waits for, in lengths of that pass: the list of a machine that receives 2,000 spans a second must not cost it a core.
    /// </summary>
    private const int RestFactor = 4;

    /// <summary>Only a machine that is far too busy comes near: a list that leaves out what was stored is worse than a slow one.</summary>
    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private readonly Lock guard = new();
    private TaskCompletionSource<PassResult> asked = Fresh();
    private TaskCompletionSource wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits until everything that was committed before the call is projected. A session that cannot be rebuilt is not waited for.</summary>
    public Task CatchUpAsync(CancellationToken ct) => CatchUpAsync(LongestCatchUp, ct);

    /// <summary>As <see cref="CatchUpAsync(CancellationToken)"/>, for answers that are right also without it.</summary>
    public async Task CatchUpAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, patience, Timeout.InfiniteTimeSpan);
        try
        {
            var first = await AskAsync(limit.Token);
            for (var last = first; last.OldestOpen <= first.Pass;)
            {
                await Task.Delay(last.NextUrgent is { } due && due > TimeSpan.Zero ? due : TimeSpan.Zero, time, limit.Token);
                last = await AskAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Log.CatchUpLate(logger, patience);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = store.Changes.Version;
            var (answer, urgent) = TakeAsked();
            var began = time.GetTimestamp();
            var next = Retry;
            try
            {
                using var turn = await gate.EnterAsync(stoppingToken);
                var result = await projection.RunAsync(urgent, stoppingToken);
                answer.SetResult(result);
                next = result.NextDue is { } due && due < Idle ? due : Idle;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                answer.TrySetCanceled(stoppingToken);
                return;
            }
            catch (Exception error)
            {
                Log.ProjectionFailed(logger, Retry, error);
                // Who asked reads the list next and is told by the storage itself what is wrong.
                answer.TrySetResult(new PassResult(long.MaxValue, null, null, null));
            }

            await RestAsync(seen, next, time.GetElapsedTime(began) * RestFactor, stoppingToken);
        }
    }

    private Task<PassResult> AskAsync(CancellationToken ct)
    {
        lock (guard)
        {
            wake.TrySetResult();
            return asked.Task.WaitAsync(ct);
        }
    }

    private (TaskCompletionSource<PassResult> Answer, bool Urgent) TakeAsked()
    {
        lock (guard)
        {
            var taken = (asked, wake.Task.IsCompleted);
            asked = Fresh();
            wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return taken;
        }
    }

    private async Task RestAsync(long seen, TimeSpan next, TimeSpan rest, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task woken;
        lock (guard)
        {
            woken = wake.Task;
        }

        var changed = store.Changes.WaitAsync(seen, next > TimeSpan.Zero ? next : TimeSpan.FromMilliseconds(1), stop.Token);
        if (await Task.WhenAny(woken, changed) == changed)
        {
            // Commits come tens of milliseconds apart while an agent works.
            await Task.WhenAny(woken, Task.Delay(rest < Quiet ? Quiet : rest < Idle ? rest : Idle, time, stop.Token));
        }

        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource<PassResult> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
