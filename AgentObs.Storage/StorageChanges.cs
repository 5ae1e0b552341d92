namespace AgentObs.Storage;

/// <summary>
/// Says that something was committed. Embedded: after every insert and delete of this process. With a server others write too, so waiting
/// there ends with the timeout and the caller looks for itself.
/// </summary>
public sealed class StorageChanges(TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource next = Fresh();
    private long version;

    /// <summary>Grows with every commit.</summary>
    public long Version => Volatile.Read(ref version);

    /// <summary>Waits until <see cref="Version"/> is not <paramref name="seen"/>, at most for the timeout.</summary>
    /// <returns>The version then.</returns>
    public async Task<long> WaitAsync(long seen, TimeSpan timeout, CancellationToken ct)
    {
        Task changed;
        lock (gate)
        {
            if (version != seen)
            {
                return version;
            }

            changed = next.Task;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(changed, Task.Delay(timeout, time, stop.Token));
        await stop.CancelAsync();
        ct.ThrowIfCancellationRequested();
        return Version;
    }

    internal void Bump()
    {
        TaskCompletionSource done;
        lock (gate)
        {
            version++;
            done = next;
            next = Fresh();
        }

        done.SetResult();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
