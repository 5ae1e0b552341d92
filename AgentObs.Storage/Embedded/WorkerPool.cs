using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace AgentObs.Storage.Embedded;

/// <summary>A bounded number of workers, each lent to one statement at a time; who finds none waits in turn.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "A semaphore whose wait handle is never asked for holds nothing, and late returns must find it.")]
internal sealed class WorkerPool(string name, int size, Func<string, EngineConnection> open)
{
    private readonly SemaphoreSlim free = new(size, size);
    private readonly ConcurrentStack<EngineWorker> idle = new();
    private readonly ConcurrentBag<EngineWorker> all = [];
    private int started;
    private volatile bool isStopped;

    internal async Task<EngineWorker> TakeAsync(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        if (isStopped)
        {
            free.Release();
            throw new StorageException("The engine is closed.", isRetryable: true);
        }

        // The last returned first: its connection and the engine's caches of its thread are warm.
        if (idle.TryPop(out var worker))
        {
            return worker;
        }

        worker = new EngineWorker($"{name}{Interlocked.Increment(ref started)}", open);
        all.Add(worker);
        return worker;
    }

    internal void Return(EngineWorker worker)
    {
        idle.Push(worker);
        free.Release();
    }

    /// <summary>Takes no more statements.</summary>
    internal void Stop()
    {
        isStopped = true;
        foreach (var worker in all)
        {
            worker.Stop();
        }
    }

    /// <returns>The workers whose statement still runs after the timeout.</returns>
    internal List<EngineWorker> Join(TimeSpan timeout) => all.Where(worker => !worker.Join(timeout)).ToList();
}
