using System.Collections.Concurrent;

namespace AgentObs.Storage.Embedded;

/// <summary>A bounded number of workers, each lent to one statement at a time; who finds none waits in turn.</summary>
internal sealed class WorkerPool(string name, int size, Func<string, EngineConnection> open) : IDisposable
{
    private readonly SemaphoreSlim free = new(size, size);
    private readonly ConcurrentStack<EngineWorker> idle = new();
    private readonly ConcurrentBag<EngineWorker> all = [];
    private int started;

    internal async Task<EngineWorker> TakeAsync(CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);

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

    public void Dispose()
    {
        foreach (var worker in all)
        {
            worker.Dispose();
        }

        free.Dispose();
    }
}
